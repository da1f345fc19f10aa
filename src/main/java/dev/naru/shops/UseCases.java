package dev.naru.shops;

import dev.naru.billing.Recoveries;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.Shops;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.door.AllowLists;
import dev.naru.promotion.Promotions;
import dev.naru.webhook.Webhooks;
import org.springframework.stereotype.Component;

/** All that the console does too: a file has no rules of its own. */
@Component
record UseCases(
    Merchants merchants,
    Shops shops,
    ApiKeys keys,
    ChannelSetup channels,
    ChannelGroups groups,
    Tiers tiers,
    AllowLists allowLists,
    Webhooks webhooks,
    Recoveries recoveries,
    Promotions promotions) {}
