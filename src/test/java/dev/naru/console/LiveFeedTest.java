package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.account.entry.Sessions;
import dev.naru.merchant.Merchant;
import dev.naru.testing.Browsers;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleTill;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.NeedsChromium;
import dev.naru.testing.OwnOrders;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What happens is told to the pages of its own shop while they are open, and to no others. */
@OwnOrders
class LiveFeedTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int MOST_OF_SESSION = 5;

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final List<Ear> ears = new ArrayList<>();

  /** A stream that is read as it comes. */
  private final class Ear {
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    Ear(String session) {
      HttpRequest request =
          HttpRequest.newBuilder(hub.url().resolve("/console/live"))
              .header("Accept", "text/event-stream")
              .header("Cookie", "naru_console=" + session)
              .build();
      try {
        HttpResponse<Stream<String>> answer = http.send(request, BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        Thread.ofVirtual().start(() -> read(answer.body()));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
      ears.add(this);
    }

    private void read(Stream<String> body) {
      try (body) {
        body.forEach(lines::add);
      } catch (RuntimeException gone) {
        lines.add("gone");
      }
      over = true;
    }

    boolean heard(String text) {
      return lines.stream().anyMatch(line -> line.contains(text));
    }
  }

  @AfterEach
  void close() {
    ears.forEach(ear -> ear.http.shutdownNow());
  }

  private static String uid(JsonNode payment) {
    return payment.path("imp_uid").asString();
  }

  private String session(Merchant shop) {
    return people.visitor(people.of(shop, Role.OWNER)).session();
  }

  @Test
  void whatHappensIsToldToItsOwnShopAlone() {
    ConsoleTill mine = ConsoleTill.of(hub, people.shop());
    ConsoleTill theirs = ConsoleTill.of(hub, people.shop());
    Ear here = new Ear(session(mine.shop()));
    Ear there = new Ear(session(theirs.shop()));
    JsonNode first = mine.sell(1_000);
    await().atMost(SOON).until(() -> here.heard(uid(first)));
    JsonNode second = theirs.sell(2_000);
    await().atMost(SOON).until(() -> there.heard(uid(second)));
    JsonNode third = mine.sell(3_000);
    await().atMost(SOON).until(() -> here.heard(uid(third)));
    assertThat(here.heard(uid(second))).isFalse();
    assertThat(there.heard(uid(first)) || there.heard(uid(third))).isFalse();
    // No more than which payment it was.
    assertThat(here.lines)
        .allMatch(line -> line.matches("|:|retry: \\d+|event: payment|data: imps?_\\d+"));
  }

  @Test
  void ofOneSessionNoMoreThanAFewListen() {
    String session = session(people.shop());
    List<Ear> all = new ArrayList<>();
    for (int n = 0; n <= MOST_OF_SESSION; n++) {
      all.add(new Ear(session));
    }
    Ear oldest = all.getFirst();
    await().atMost(SOON).until(() -> oldest.heard("event: over") && oldest.over);
    assertThat(all.subList(1, all.size())).noneMatch(ear -> ear.heard("over") || ear.over);
  }

  @Test
  void itEndsWithTheSessionAndWithTheRole() {
    Merchant shop = people.shop();
    Account account = people.of(shop, Role.MANAGER);
    Ear signedIn = new Ear(people.visitor(account).session());
    hub.bean(Sessions.class).endAll(account.email());
    await().atMost(SOON).until(() -> signedIn.over);

    Account other = people.of(shop, Role.MANAGER);
    Ear manager = new Ear(people.visitor(other).session());
    hub.bean(JdbcClient.class)
        .sql("update account set role = 'DEV' where email = :email")
        .param("email", other.email())
        .update();
    await().atMost(SOON).until(() -> manager.over);
  }

  /** A page that is left open does not keep its session alive. */
  @Test
  void listeningKeepsNobodySignedIn() {
    Account account = people.of(people.shop(), Role.OWNER);
    ConsoleVisitor visitor = people.visitor(account);
    JdbcClient jdbc = hub.bean(JdbcClient.class);
    jdbc.sql(
            "update console_session set seen_at = seen_at - interval '5 minutes' where email ="
                + " :email")
        .param("email", account.email())
        .update();
    String before = seen(jdbc, account);
    var _ = new Ear(visitor.session());
    assertThat(visitor.get("/console/live/home").statusCode()).isEqualTo(200);
    assertThat(seen(jdbc, account)).isEqualTo(before);
    visitor.get("/console");
    assertThat(seen(jdbc, account)).isNotEqualTo(before);
  }

  private static String seen(JdbcClient jdbc, Account account) {
    return jdbc.sql("select seen_at::text from console_session where email = :email")
        .param("email", account.email())
        .query(String.class)
        .single();
  }

  @Test
  void aBrowserThatIsNoScriptDoesNotWait() {
    ConsoleVisitor owner = people.visitor(people.of(people.shop(), Role.OWNER));
    assertThat(owner.get("/console/live").statusCode()).isEqualTo(406);
    ConsoleVisitor dev = people.visitor(people.of(people.shop(), Role.DEV));
    assertThat(dev.get("/console/live", "Accept", "text/event-stream").statusCode()).isEqualTo(403);
  }

  @Test
  @NeedsChromium
  void aPaymentAppearsWithoutReloading() {
    ConsoleTill till = ConsoleTill.of(hub, people.shop());
    till.sell(4_300);
    try (Playwright playwright = Playwright.create();
        Browser browser = Browsers.launch(playwright)) {
      Page page = browser.newPage();
      List<String> errors = new CopyOnWriteArrayList<>();
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              errors.add(message.text());
            }
          });
      page.onPageError(errors::add);
      page.context()
          .addCookies(
              List.of(
                  new Cookie("naru_console", session(till.shop())).setUrl(hub.url() + "/console")));
      page.navigate(hub.url() + "/console");
      page.waitForSelector(".chart canvas");
      page.waitForSelector("#live.on");
      page.evaluate("window.here = true");
      JsonNode sold = till.sell(5_700);
      page.waitForSelector("#latest tr[data-uid='" + uid(sold) + "']");
      assertThat(page.textContent("#kpis")).contains("10,000원");
      assertThat(page.evaluate("window.here")).isEqualTo(true);
      page.waitForSelector(".chart canvas");
      assertThat(errors).isEmpty();
    }
  }
}
