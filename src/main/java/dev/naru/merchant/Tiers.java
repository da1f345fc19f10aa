package dev.naru.merchant;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Sub-merchants (V1's tiers) of a representative, and which of its channels each may use. Its
 * webhooks are its own setting, as any merchant's.
 */
@Component
public class Tiers {

  /** Of a name; V1 tells none. */
  public static final int LONGEST_NAME = 100;

  private final MerchantStore store;
  private final Merchants merchants;
  private final Channels channels;
  private final Ids ids;
  private final HubClock clock;

  Tiers(MerchantStore store, Merchants merchants, Channels channels, Ids ids, HubClock clock) {
    this.store = store;
    this.merchants = merchants;
    this.channels = channels;
    this.ids = ids;
    this.clock = clock;
  }

  /** By their codes. */
  public List<Merchant> of(Merchant representative) {
    return store.tiersOf(representative.id());
  }

  /**
   * @throws Failed not found
   */
  public Merchant get(Merchant representative, String code) {
    return store
        .tier(representative.id(), code)
        .orElseThrow(() -> Failed.notFound("존재하지 않는 하위상점(Tier) 코드입니다."));
  }

  /**
   * @param code three of A-Z and 0-9; it never changes, and is not given again after a delete
   * @throws Failed invalid for a bad or used code or name, or if the representative is a
   *     sub-merchant
   */
  public Merchant create(Merchant representative, String code, String name) {
    if (representative.parentId() != null) {
      throw Failed.invalid("하위상점은 다시 하위상점을 가질 수 없습니다.");
    }
    if (!code.matches("[A-Z0-9]{3}")) {
      throw Failed.invalid("Tier 코드는 영문 대문자와 숫자 3자리여야 합니다. (tier_code)");
    }
    long id = ids.row();
    Merchant tier =
        new Merchant(
            id,
            (int) (id % Ids.SLOTS),
            representative.userCode() + "." + code,
            representative.id(),
            code,
            checked(name));
    if (!store.insert(tier, clock.instant())) {
      throw Failed.invalid("이미 사용 중인 Tier 코드입니다. (tier_code)");
    }
    return tier;
  }

  /**
   * @throws Failed not found, invalid
   */
  public Merchant rename(Merchant representative, String code, String name) {
    Merchant tier = get(representative, code);
    store.rename(tier.id(), checked(name));
    merchants.forget(tier);
    return get(representative, code);
  }

  /**
   * Nobody can act for it any more. Its payments stay, with their webhooks and their resolving, and
   * its channels go back.
   *
   * @throws Failed not found
   */
  public Merchant delete(Merchant representative, String code) {
    Merchant tier = get(representative, code);
    channels
        .given(representative.id(), tier.id())
        .forEach(key -> channels.withdraw(representative.id(), key, tier.id()));
    store.close(tier.id(), clock.instant());
    merchants.forget(tier);
    return tier;
  }

  /**
   * Lets a sub-merchant use a channel of its representative, and no other sub-merchant.
   *
   * @throws Failed not found for the code, invalid for the channel, conflict if another has it
   */
  public void give(Merchant representative, String code, String channelKey) {
    channels.give(representative.id(), channelKey, get(representative, code).id());
  }

  /** Takes it back; payments made by it can still be cancelled. */
  public void withdraw(Merchant representative, String code, String channelKey) {
    channels.withdraw(representative.id(), channelKey, get(representative, code).id());
  }

  private static String checked(String name) {
    if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
      throw Failed.invalid("하위상점 이름은 1~" + LONGEST_NAME + "자여야 합니다. (tier_name)");
    }
    return name;
  }
}
