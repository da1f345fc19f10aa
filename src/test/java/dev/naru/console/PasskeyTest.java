package dev.naru.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import dev.naru.account.Account;
import dev.naru.account.Accounts;
import dev.naru.account.Role;
import dev.naru.account.proof.Passkeys;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Merchants;
import dev.naru.testing.Apart;
import dev.naru.testing.Browsers;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.NeedsChromium;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A key in the browser's own machine, made, used and removed by a person. */
@Apart
@NeedsChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasskeyTest {

  private static final String SIGN_IN = "/console/sign-in";

  /** By name: browsers make no passkeys for the number of a machine. */
  private final Hub hub = Hub.start(Map.of("naru.console.port", "0"));

  private final URI console = hub.bean(Settings.class).console().url();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Playwright playwright = Playwright.create();
  private final Browser browser = Browsers.launch(playwright);

  @AfterAll
  void leave() {
    playwright.close();
    hub.close();
  }

  /** A page of somebody whose machine has a reader of fingerprints, and says yes. */
  private Page page() {
    Page page = browser.newContext().newPage();
    CDPSession devtools = page.context().newCDPSession(page);
    devtools.send("WebAuthn.enable");
    JsonObject machine = new JsonObject();
    machine.addProperty("protocol", "ctap2");
    machine.addProperty("transport", "internal");
    machine.addProperty("hasResidentKey", true);
    machine.addProperty("hasUserVerification", true);
    machine.addProperty("isUserVerified", true);
    machine.addProperty("automaticPresenceSimulation", true);
    JsonObject asked = new JsonObject();
    asked.add("options", machine);
    devtools.send("WebAuthn.addVirtualAuthenticator", asked);
    return page;
  }

  private Page signedIn(Account account) {
    Page page = page();
    page.context()
        .addCookies(
            List.of(
                new Cookie("naru_console", people.visitor(account).session())
                    .setUrl(console + "/console")));
    return page;
  }

  private void add(Page page, String name) {
    page.navigate(console + "/console/account/passkeys/new");
    page.locator("#name").fill(name);
    page.locator("form.passkey button").click();
    page.waitForURL("**/console/account?done=passkey");
  }

  private Account owner() {
    return people.of(people.shop(), Role.OWNER);
  }

  @Test
  void opensTheConsoleWithoutAPasswordAndProvesWhoSitsThere() {
    Account owner = owner();
    Page page = signedIn(owner);
    add(page, "<b>노트북</b>");
    assertThat(page.locator("td.lead")).hasText("<b>노트북</b>");

    page.context().clearCookies();
    page.navigate(console + SIGN_IN + "?next=/console/members");
    page.locator("form.passkey button").click();
    page.waitForURL("**/console/members");
    assertThat(page.locator("main")).containsText(owner.email());

    hub.bean(JdbcClient.class)
        .sql("update console_session set proved_at = proved_at - interval '1 hour' where email = ?")
        .param(owner.email())
        .update();
    page.navigate(console + "/console/account/codes");
    assertThat(page).hasURL(Pattern.compile(".*/console/prove.*"));
    page.locator("form.passkey button").click();
    page.waitForURL("**/console/account/codes");

    page.navigate(console + "/console/account");
    page.locator("form[action$='passkeys/remove'] button").click();
    page.waitForURL("**/console/account?done=passkey-off");
    page.context().clearCookies();
    page.navigate(console + SIGN_IN);
    page.locator("form.passkey button").click();
    assertThat(page.locator(".note.bad").first()).isVisible();
    assertThat(page).hasURL(Pattern.compile(".*/console/(sign-in|passkey)$"));
    assertThat(
            hub.bean(JdbcClient.class)
                .sql(
                    "select act from audit where about = ? and act like 'PASSKEY%' order by audit_id")
                .param(owner.email())
                .query(String.class)
                .list())
        .containsExactly("PASSKEY_ADDED", "PASSKEY_REMOVED");
    page.context().close();
  }

  /** What was signed once opens nothing a second time, and nothing else. */
  @Test
  void whatWasSignedIsGoodOnce() {
    Account owner = owner();
    Page page = signedIn(owner);
    add(page, "열쇠");
    page.context().clearCookies();
    String[] sent = new String[1];
    page.onRequest(
        request -> {
          if (request.url().endsWith("/console/passkey")) {
            sent[0] = request.postData();
          }
        });
    page.navigate(console + SIGN_IN);
    page.locator("form.passkey button").click();
    page.waitForURL("**/console");
    String answer =
        URLDecoder.decode(
            sent[0].replaceFirst("(?s).*answer=([^&]*).*", "$1"), StandardCharsets.UTF_8);
    assertThat(answer).contains("signature");
    ConsoleVisitor thief = new ConsoleVisitor(console);
    HttpResponse<String> again = thief.post(SIGN_IN, "/console/passkey", Map.of("answer", answer));
    assertThat(again.statusCode()).isEqualTo(401);
    assertThat(thief.get("/console").statusCode()).isEqualTo(303);
    assertThat(hub.bean(Passkeys.class).proves(owner.email(), answer)).isFalse();
    page.context().close();
  }

  /** Whoever is invited again under the same address begins anew, with a device of their own. */
  @Test
  void anAccountThatEndedHasNone() {
    Account owner = owner();
    Account left = people.of(hub.bean(Merchants.class).get(owner.merchantId()), Role.DEV);
    Page page = signedIn(left);
    add(page, "열쇠");
    page.context().close();
    assertThat(hub.bean(Passkeys.class).of(left.email())).hasSize(1);
    hub.bean(Accounts.class).end(owner.actor("127.0.0.1"), owner, left.email());
    assertThat(hub.bean(Passkeys.class).of(left.email())).isEmpty();
  }

  @Test
  void whatIsNoAnswerOpensNothing() {
    Account owner = owner();
    for (String answer : List.of("", "{}", "[]", "null", "x".repeat(20_000), "{\"id\":\"!\"}")) {
      assertThat(hub.bean(Passkeys.class).entering(answer)).as(answer).isEmpty();
      ConsoleVisitor visitor = new ConsoleVisitor(console, people.visitor(owner).session());
      assertThat(
              visitor
                  .post(
                      "/console/account/passkeys/new",
                      "/console/account/passkeys",
                      Map.of("name", "a", "answer", answer))
                  .statusCode())
          .isEqualTo(422);
    }
    assertThat(hub.bean(Passkeys.class).of(owner.email())).isEmpty();
  }
}
