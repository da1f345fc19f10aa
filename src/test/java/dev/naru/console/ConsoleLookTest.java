package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.naru.account.Role;
import dev.naru.look.Onlooker;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.Hub;
import dev.naru.testing.LooksAtPages;
import dev.naru.testing.Receiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's pages in both languages, both colour schemes and two widths. */
@LooksAtPages
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleLookTest {

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Onlooker onlooker = new Onlooker();

  @AfterAll
  void leave() {
    onlooker.close();
  }

  /** Somebody of a shop of their own, who reads what the browser reads. */
  private void signIn(Page page) {
    signIn(page, people.visitor(people.of(people.shop(), Role.OWNER)).session());
  }

  private void signIn(Page page, String session) {
    people.enter(page, session);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/console/sign-in", "/console/forgotten"})
  void isGoodToLookAtBeforeSigningIn(String path) {
    assertThat(onlooker.look(name(path), hub.url() + path, 200, page -> {})).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/console, 200",
    "/console/members, 200",
    "/console/account, 200",
    "/console/account/codes, 200",
    "/console/account/passkeys/new, 200",
    "/console/payments, 200",
    "/console/payments/webhooks, 200",
    "/console/payments/export?status=failed, 200",
    "/console/shop, 200",
    "/console/nowhere, 404"
  })
  void isGoodToLookAt(String path, int status) {
    assertThat(onlooker.look(name(path), hub.url() + path, status, this::signIn)).isEmpty();
  }

  /** Payments of the demo shop, which somebody of its own looks at. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rich",
        "window",
        "unknown",
        "waits",
        "failed",
        "cancel",
        "deposit-cancel",
        "too-much",
        "receipt",
        "delivery"
      })
  void isGoodToLookAtWithAPayment(String kind) throws Exception {
    ShopPayments payments = new ShopPayments();
    try (Receiver receiver = Receiver.start()) {
      receiver.answers("/orders/hook", n -> n == 1 ? 502 : 200);
      String path = payments.toLookAt(kind, receiver.url("/orders/hook"));
      String session = people.visitor(payments.person(Role.MANAGER)).session();
      assertThat(
              onlooker.look(
                  "payment-" + kind, hub.url() + path, 200, page -> signIn(page, session)))
          .isEmpty();
    }
  }

  private static String name(String path) {
    return path.substring(1).replaceAll("[/?=&]", "-");
  }
}
