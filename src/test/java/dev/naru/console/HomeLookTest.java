package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.attention.Attention;
import dev.naru.attention.Matter;
import dev.naru.attention.MatterListStore;
import dev.naru.attention.What;
import dev.naru.look.Onlooker;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Shards;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Changes;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleTill;
import dev.naru.testing.Hub;
import dev.naru.testing.LooksAtPages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Home, what needs a person and the audit log: with something in them, with nothing, in error. */
@LooksAtPages
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HomeLookTest {

  private static final int DAYS = 7;

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Onlooker onlooker = new Onlooker();
  private final Merchant shop = people.shop();
  private final Account owner = people.of(shop, Role.OWNER);
  private final Attention attention = hub.bean(Attention.class);
  private final MatterListStore matters = hub.bean(MatterListStore.class);

  @BeforeAll
  void furnish() {
    ConsoleTill till = ConsoleTill.of(hub, shop);
    // No cancel of it was done: what is raised about it stays.
    String uid = till.sell(230_000).path("imp_uid").asString();
    for (int day = DAYS - 1; day >= 0; day--) {
      for (int n = 0; n < 2 + day % 3; n++) {
        JsonNode sold = till.sell(12_900L * (n + 1) + 3_100L * day);
        if (n == 1) {
          till.giveBack(sold, 8_000 + 900L * day);
        }
        moveBack(sold, day);
      }
    }
    till.decline(45_000);
    raise(What.CANCEL_REFUSED, uid, "[4010]정산이 완료된 거래입니다.");
    raise(What.TEST_CHARGE_STANDS, uid, "[4010]정산이 완료된 거래입니다.");
    raise(What.WEBHOOK_GIVEN_UP, "https://shop.example", "12 webhooks waited for three days");
    raise(What.CREDENTIALS_FAIL, "channel-key-1f2e3d4c", "[401]인증되지 않은 상점입니다.");
    await().atMost(Duration.ofSeconds(20)).until(() -> matters.countOpen(List.of(shop.id())) == 4);
    hub.bean(Changes.class)
        .make(
            owner.actor("203.0.113.7"),
            shop.id(),
            Act.CHANNEL_EDITED,
            "channel-key-1f2e3d4c",
            change -> {
              change.before(Map.of("name", "일반결제", "mid", "tea0001"));
              return change.after(Map.of("name", "일반결제(새 계약)", "mid", "tea0002"));
            });
  }

  private void moveBack(JsonNode payment, int days) {
    hub.bean(Shards.class)
        .of(shop.id())
        .sql(
            "update event set at = at - make_interval(days => :days) where merchant_id = :merchant"
                + " and imp_uid = :uid")
        .param("days", days)
        .param("merchant", shop.id())
        .param("uid", payment.path("imp_uid").asString())
        .update();
  }

  private void raise(What what, String about, String why) {
    attention.raise(shop.id(), what, about, why);
  }

  @AfterAll
  void leave() {
    onlooker.close();
  }

  private Consumer<Page> as(Account account) {
    String session = people.visitor(account).session();
    return page -> people.enter(page, session);
  }

  @ParameterizedTest
  @CsvSource({
    "home, /console, 200",
    "home-today, /console?range=today, 200",
    "home-half-year, /console?range=180, 200",
    "attention, /console/attention, 200",
    "attention-none, /console/attention?q=nothing, 200",
    "attention-settled, /console/attention?state=settled, 200",
    "matter-unknown, /console/attention/0/1, 404",
    "audit, /console/audit, 200",
    "audit-none, /console/audit?about=nothing, 200"
  })
  void isGoodToLookAt(String name, String path, int status) {
    assertThat(onlooker.look(name, hub.url() + path, status, as(owner))).isEmpty();
  }

  @Test
  void aMatterAndItsStepsAreGoodToLookAt() {
    for (Matter matter : matters.list(MatterListStore.Query.open(List.of(shop.id()), 10))) {
      String path = "/console/attention/" + shop.id() + "/" + matter.id();
      assertThat(onlooker.look("matter-" + matter.what(), hub.url() + path, 200, as(owner)))
          .isEmpty();
      assertThat(
              onlooker.look(
                  "dismiss-" + matter.what(), hub.url() + path + "/do/dismiss", 200, as(owner)))
          .isEmpty();
      if (matter.what() == What.TEST_CHARGE_STANDS) {
        money(path + "/money/give-back", "step");
        money(path + "/money/take-paid", "step-not-now");
      }
    }
  }

  private void money(String path, String name) {
    assertThat(onlooker.look(name, hub.url() + path, 200, as(owner))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "home-empty, /console",
    "attention-empty, /console/attention",
    "audit-empty, /console/audit?from=2020-01-01&to=2020-01-02"
  })
  void isGoodToLookAtWithNothingInIt(String name, String path) {
    Account fresh = people.of(people.shop(), Role.OWNER);
    assertThat(onlooker.look(name, hub.url() + path, 200, as(fresh))).isEmpty();
  }

  @Test
  void isGoodToLookAtForADeveloper() {
    assertThat(
            onlooker.look("home-dev", hub.url() + "/console", 200, as(people.of(shop, Role.DEV))))
        .isEmpty();
  }
}
