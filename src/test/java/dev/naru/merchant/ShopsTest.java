package dev.naru.merchant;

import static dev.naru.testing.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.kernel.Secret;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Audit;
import dev.naru.merchant.audit.AuditQuery;
import dev.naru.merchant.audit.Audited;
import dev.naru.testing.Hub;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an operator does to shops and their API keys. */
class ShopsTest {

  private static final Actor ME = Actor.account("7", "김나루", "192.0.2.7");
  private static final Secret SECRET = new Secret("a-secret-of-the-shop-file-1");

  private final Hub hub = Hub.shared();
  private final Shops shops = hub.bean(Shops.class);
  private final ApiKeys keys = hub.bean(ApiKeys.class);
  private final Tokens tokens = hub.bean(Tokens.class);
  private final Merchant shop = shops.create(ME, " 나루 상점 ", null);

  private List<Audited> audited(Act... acts) {
    return hub.bean(Audit.class)
        .list(AuditQuery.of(List.of(shop.id())).acts(java.util.Set.of(acts)));
  }

  private static String newKey() {
    return "key-" + UUID.randomUUID();
  }

  @Test
  void aShopIsMadeRenamedAndClosed() {
    assertThat(shop.userCode()).matches("imp\\d{8}");
    assertThat(shop.name()).isEqualTo("나루 상점");
    assertThat(shops.find(shop.userCode())).contains(shop);
    assertThat(shops.list()).contains(shop);
    assertThat(hub.bean(Merchants.class).byUserCode(shop.userCode())).contains(shop);
    shops.rename(ME, shop.id(), "바다 상점");
    assertThat(hub.bean(Merchants.class).get(shop.id()).name()).isEqualTo("바다 상점");
    ApiKeys.Issued key = keys.issue(ME, shop.id(), "");
    shops.close(ME, shop.id());
    assertThat(shops.list()).extracting(Merchant::id).doesNotContain(shop.id());
    assertThat(hub.bean(Merchants.class).byUserCode(shop.userCode())).isEmpty();
    refused(() -> tokens.issue(key.impKey(), key.secret()), Refusal.UNAUTHORIZED);
    refused(() -> shops.rename(ME, shop.id(), "다른 이름"), Refusal.UNKNOWN_SHOP);
    refused(() -> shops.create(ME, "다른 상점", shop.userCode()), Refusal.USER_CODE_USED);
    assertThat(audited(Act.SHOP_CREATED, Act.SHOP_RENAMED, Act.SHOP_CLOSED))
        .extracting(Audited::act)
        .containsExactly(Act.SHOP_CLOSED, Act.SHOP_RENAMED, Act.SHOP_CREATED);
    assertThat(audited(Act.SHOP_RENAMED).getFirst().before()).contains("나루 상점");
    assertThat(audited(Act.SHOP_RENAMED).getFirst().after()).contains("바다 상점");
    assertThat(audited(Act.SHOP_RENAMED).getFirst().actor()).isEqualTo(ME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\nb"})
  void aNameThatIsNoneIsRefused(String name) {
    refused(() -> shops.create(ME, name, null), Refusal.WRONG_SHOP_NAME);
    refused(() -> shops.rename(ME, shop.id(), "가".repeat(101)), Refusal.WRONG_SHOP_NAME);
    assertThat(shops.rename(ME, shop.id(), "가".repeat(100)).name()).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "imp.A01", "imp 1234", "가나다"})
  void aUserCodeThatIsNoneIsRefused(String code) {
    refused(() -> shops.create(ME, "상점", code), Refusal.WRONG_USER_CODE);
  }

  @Test
  void aShopWithSubShopsIsNotClosed() {
    Tiers tiers = hub.bean(Tiers.class);
    tiers.create(ME, shop, "A01", "강남점");
    refused(() -> shops.close(ME, shop.id()), Refusal.SHOP_HAS_TIERS);
    assertThat(hub.bean(Merchants.class).actingFor(shop.id(), "A01").name()).isEqualTo("강남점");
    tiers.delete(ME, shop, "A01");
    refused(() -> hub.bean(Merchants.class).actingFor(shop.id(), "A01"), Refusal.UNKNOWN_TIER);
    shops.close(ME, shop.id());
  }

  @Test
  void aKeyIsIssuedOnceAndIsStoredAsAHash() {
    ApiKeys.Issued key = keys.issue(ME, shop.id(), "서버 1");
    assertThat(key.impKey()).matches("\\d{16}");
    assertThat(key.secret().reveal()).hasSize(80);
    assertThat(tokens.issue(key.impKey(), key.secret()).merchantId()).isEqualTo(shop.id());
    assertThat(keys.of(shop.id()))
        .singleElement()
        .satisfies(
            shown -> {
              assertThat(shown.label()).isEqualTo("서버 1");
              assertThat(shown.usedAt()).isNotNull();
              assertThat(shown.isOpen()).isTrue();
            });
    String row =
        JdbcClient.create(hub.database().dataSource())
            .sql("select api_key::text from api_key where imp_key = :key")
            .param("key", key.impKey())
            .query(String.class)
            .single();
    assertThat(row).doesNotContain(key.secret().reveal());
    assertThat(audited(Act.KEY_ISSUED).toString()).doesNotContain(key.secret().reveal());
  }

  @Test
  void aNewSecretEndsTheOldOneAndItsTokens() {
    ApiKeys.Issued old = keys.issue(ME, shop.id(), "");
    Tokens.Issued token = tokens.issue(old.impKey(), old.secret());
    assertThat(tokens.bearer(token.token()).merchantId()).isEqualTo(shop.id());
    ApiKeys.Issued fresh = keys.reissue(ME, shop.id(), old.impKey());
    refused(() -> tokens.bearer(token.token()), Refusal.UNAUTHORIZED);
    refused(() -> tokens.issue(old.impKey(), old.secret()), Refusal.UNAUTHORIZED);
    Tokens.Issued next = tokens.issue(fresh.impKey(), fresh.secret());
    assertThat(next.token()).isNotEqualTo(token.token());
    assertThat(tokens.bearer(next.token()).impKey()).isEqualTo(old.impKey());
  }

  @Test
  void aKeyThatEndedIsNotGivenAgain() {
    ApiKeys.Issued key = keys.issue(ME, shop.id(), "");
    Tokens.Issued token = tokens.issue(key.impKey(), key.secret());
    keys.end(ME, shop.id(), key.impKey());
    refused(() -> tokens.bearer(token.token()), Refusal.UNAUTHORIZED);
    refused(() -> tokens.issue(key.impKey(), key.secret()), Refusal.UNAUTHORIZED);
    refused(() -> keys.reissue(ME, shop.id(), key.impKey()), Refusal.KEY_ENDED);
    refused(() -> keys.put(ME, shop.id(), key.impKey(), SECRET), Refusal.KEY_ENDED);
    assertThat(keys.of(shop.id())).noneMatch(ApiKeys.Shown::isOpen);
  }

  @Test
  void theSameSecretAgainChangesNothing() {
    String key = newKey();
    assertThat(keys.put(ME, shop.id(), key, SECRET)).isTrue();
    Tokens.Issued token = tokens.issue(key, SECRET);
    assertThat(keys.put(ME, shop.id(), key, SECRET)).isFalse();
    assertThat(tokens.bearer(token.token()).impKey()).isEqualTo(key);
    assertThat(audited(Act.KEY_SET)).hasSize(1);
    assertThat(keys.put(ME, shop.id(), key, new Secret("a-secret-of-the-shop-file-2"))).isTrue();
    refused(() -> tokens.bearer(token.token()), Refusal.UNAUTHORIZED);
    assertThat(audited(Act.KEY_SET)).hasSize(2);
  }

  @Test
  void anotherShopsKeyIsNotTouched() {
    ApiKeys.Issued key = keys.issue(ME, shop.id(), "");
    Merchant other = shops.create(ME, "다른 상점", null);
    refused(() -> keys.put(ME, other.id(), key.impKey(), SECRET), Refusal.KEY_TAKEN);
    refused(() -> keys.reissue(ME, other.id(), key.impKey()), Refusal.UNKNOWN_KEY);
    refused(() -> keys.end(ME, other.id(), key.impKey()), Refusal.UNKNOWN_KEY);
    assertThat(tokens.issue(key.impKey(), key.secret()).merchantId()).isEqualTo(shop.id());
    refused(() -> keys.put(ME, shop.id(), "한글", SECRET), Refusal.WRONG_KEY);
    refused(() -> keys.put(ME, shop.id(), newKey(), new Secret("short")), Refusal.WRONG_SECRET);
  }
}
