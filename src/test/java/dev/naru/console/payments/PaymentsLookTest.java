package dev.naru.console.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.account.SavedViews;
import dev.naru.api.Shop;
import dev.naru.look.Onlooker;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.Hub;
import dev.naru.testing.LooksAtPages;
import dev.naru.testing.Receiver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list with payments of each kind, as it is looked at. */
@LooksAtPages
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaymentsLookTest {

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Onlooker onlooker = new Onlooker();
  private final Receiver receiver = Receiver.start();
  private final Shop shop = Shop.fresh();
  private final Account owner = people.of(shop.merchant(), Role.OWNER);

  @BeforeAll
  void pay() {
    receiver.answers("/hook", n -> 500);
    pay(shop, "하동 우전 녹차", 12_900, Map.of("notice_url", List.of(receiver.url("/hook"))));
    cancel(pay(shop, "다도 세트", 58_000, Map.of("card_quota", 3)), 18_000);
    cancel(pay(shop, "찻잎 맛보기", 9_900, Map.of()), 9_900);
    pay(shop, "정기 배송 11월", 45_000, Map.of("card_number", "4000-0000-0000-0002"));
    pay(shop, "이름이 길어서 한 줄에 다 들어가지 않는 다기 한 벌", 123_000, Map.of());
    shop.api()
        .post(
            "/vbanks",
            Map.of(
                "merchant_uid",
                Api.newOrder(),
                "amount",
                230_000,
                "vbank_code",
                "004",
                "vbank_due",
                4_000_000_000L,
                "vbank_holder",
                "하동찻집",
                "pg",
                Shop.TOSS,
                "name",
                "다기 도매"));
    pay(shop.tier("K01"), "분점 결제", 33_000, Map.of());
    hub.bean(SavedViews.class).keep(owner, PaymentList.LIST, "실패한 결제", "status=failed");
    await().until(() -> !receiver.got("/hook").isEmpty());
  }

  @AfterAll
  void leave() {
    onlooker.close();
    receiver.close();
  }

  private static String pay(Shop by, String name, int amount, Map<String, ?> more) {
    Map<String, Object> request =
        new LinkedHashMap<>(Api.keyIn(Api.newOrder(), Shop.TOSS, Api.GOOD_CARD));
    request.put("name", name);
    request.put("amount", amount);
    request.putAll(more);
    by.api().post("/subscribe/payments/onetime", request);
    return String.valueOf(request.get("merchant_uid"));
  }

  private void cancel(String order, int amount) {
    shop.api().post("/payments/cancel", Map.of("merchant_uid", order, "amount", amount));
  }

  private void signIn(Page page) {
    people.enter(page, owner);
  }

  @ParameterizedTest
  @CsvSource({
    "list, ?shop=all",
    "filtered, ?status=failed&status=cancelled_full&method=card&min=1000&period=week&basis=request",
    "nothing, ?status=failed&method=vbank&from=x",
    "hooks, /webhooks?shop=all",
    "export, /export?status=paid&shop=all"
  })
  void isGoodToLookAt(String name, String at) {
    String url = hub.url() + "/console/payments" + at;
    assertThat(onlooker.look("payments-" + name, url, 200, this::signIn)).isEmpty();
  }
}
