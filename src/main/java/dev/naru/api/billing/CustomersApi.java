package dev.naru.api.billing;

import dev.naru.api.Refusal;
import dev.naru.api.Requesters;
import dev.naru.api.payment.CardParams;
import dev.naru.api.payment.PaymentView;
import dev.naru.api.payment.Purchases;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.PagedView;
import dev.naru.api.wire.Params;
import dev.naru.billing.BillingKeys;
import dev.naru.billing.SuperKeys;
import dev.naru.billing.key.BillingKey;
import dev.naru.billing.key.CustomerKey;
import dev.naru.billing.key.SuperKey;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.Requester;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.flow.PaymentLists;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /subscribe/customers}: billing keys. */
@RestController
class CustomersApi {

  private final BillingKeys keys;
  private final SuperKeys superKeys;
  private final Channels channels;
  private final PaymentLists payments;

  CustomersApi(BillingKeys keys, SuperKeys superKeys, Channels channels, PaymentLists payments) {
    this.superKeys = superKeys;
    this.payments = payments;
    this.keys = keys;
    this.channels = channels;
  }

  @GetMapping("/subscribe/customers")
  ResponseEntity<Envelope> bulk(Merchant merchant, Params params) {
    List<String> asked = params.texts("customer_uid", 80, 100);
    if (asked.isEmpty()) {
      throw Failed.invalid(Malformed.MISSING, "customer_uid[]");
    }
    List<CustomerKey> found = keys.find(merchant.id(), asked);
    if (found.isEmpty()) {
      throw Failed.notFound(Refusal.UNKNOWN_CUSTOMERS);
    }
    Set<String> missing = new HashSet<>(asked);
    found.forEach(key -> missing.remove(key.customerUid()));
    return ResponseEntity.status(missing.isEmpty() ? HttpStatus.OK : HttpStatus.MULTI_STATUS)
        .body(Envelope.of(found.stream().map(this::view).toList()));
  }

  @GetMapping("/subscribe/customers/{customerUid}")
  Envelope one(Merchant merchant, @PathVariable String customerUid) {
    return Envelope.of(view(keys.get(merchant.id(), customerUid)));
  }

  @PostMapping("/subscribe/customers/{customerUid}")
  Envelope issue(Merchant merchant, Params sent, @PathVariable String customerUid) {
    if (customerUid.codePointCount(0, customerUid.length()) > 80) {
      throw Failed.invalid(Malformed.TOO_LONG, "customer_uid", 80);
    }
    String group = KeyChannels.groupOf(sent);
    Supplier<Channel> named =
        () ->
            channels.choose(
                merchant.id(), sent.text("channel_key", 55), sent.text("pg", 80), IssueKey.class);
    Params params =
        Purchases.readBy(
            sent, "card", () -> group == null ? Optional.of(named.get()) : Optional.empty());
    Card card = CardParams.card(params);
    Buyer customer =
        new Buyer(
            params.text("customer_name", 20),
            params.text("customer_email", 200),
            params.text("customer_tel", 20),
            params.text("customer_addr", 200),
            params.text("customer_postcode", 8));
    String customerId = params.text("customer_id", 300);
    BillingKeys.Holder holder = new BillingKeys.Holder(customerUid, customerId, customer);
    if (group != null) {
      return Envelope.of(view(superKeys.issue(merchant, group, holder, card)));
    }
    return Envelope.of(view(keys.issue(merchant, named.get(), holder, card)));
  }

  @DeleteMapping("/subscribe/customers/{customerUid}")
  Envelope delete(Merchant merchant, Params params, @PathVariable String customerUid) {
    String reason = params.text("reason", 256);
    Params read =
        Purchases.readBy(
            params,
            "card",
            () -> keys.find(merchant.id(), customerUid).flatMap(key -> first(merchant, key)));
    Requester requester = Requesters.of(read.within("extra"));
    return Envelope.of(view(keys.delete(merchant.id(), customerUid, requester, reason)));
  }

  private Optional<Channel> first(Merchant merchant, CustomerKey key) {
    return channels.byKey(merchant.id(), key.keys().getFirst().channelKey());
  }

  /** What was paid with the key; known as long as there is either. */
  @GetMapping("/subscribe/customers/{customerUid}/payments")
  Envelope payments(Merchant merchant, Params params, @PathVariable String customerUid) {
    PaymentLists.Page page =
        new PaymentLists.Page(
            params.whole("page", 1, 1, 1_000_000), params.whole("limit", 20, 1, 1000));
    PaymentLists.Found found = payments.ofCustomer(merchant.id(), customerUid, page);
    if (found.total() == 0) {
      keys.get(merchant.id(), customerUid);
    }
    return Envelope.of(
        PagedView.of(found.total(), page.number(), page.size(), found.payments(), PaymentView::of));
  }

  private Object view(CustomerKey key) {
    return switch (key) {
      case BillingKey only -> CustomerView.of(only, channel(only));
      case SuperKey several ->
          SuperKeyView.of(
              several,
              several.keys().stream()
                  .map(one -> SuperKeyView.Succeeded.of(one, channel(one)))
                  .toList());
    };
  }

  private Channel channel(BillingKey key) {
    return channels.get(key.merchantId(), key.channelKey());
  }
}
