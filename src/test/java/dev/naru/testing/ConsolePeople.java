package dev.naru.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.RequestOptions;
import dev.naru.account.Account;
import dev.naru.account.Accounts;
import dev.naru.account.Role;
import dev.naru.account.entry.Sessions.Device;
import dev.naru.account.entry.SignIns;
import dev.naru.account.proof.Passwords;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Shops;
import dev.naru.merchant.audit.Actor;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes shops and accounts of their own for tests of the console. */
public final class ConsolePeople {

  public static final Secret PASSWORD = new Secret("camel-orbit-lantern-9");

  private final Hub hub;

  public ConsolePeople(Hub hub) {
    this.hub = hub;
  }

  public Merchant shop() {
    return hub.bean(Shops.class).create(Actor.HUB, "찻집", null);
  }

  /** Somebody of this role, with {@link #PASSWORD}. */
  public Account of(Merchant shop, Role role) {
    String email = "p" + UUID.randomUUID() + "@shop.example";
    hub.bean(JdbcClient.class)
        .sql(
            """
            insert into account (email, merchant_id, role, name, state, created_at)
            values (:email, :merchant, :role, '홍길동', 'ACTIVE', clock_timestamp())
            """)
        .param("email", email)
        .param("merchant", shop.id())
        .param("role", role.name())
        .update();
    hub.bean(Passwords.class).set(email, "", PASSWORD);
    return hub.bean(Accounts.class).find(email).orElseThrow();
  }

  /** Their browser, signed in. */
  public ConsoleVisitor visitor(Account account) {
    Secret id = hub.bean(SignIns.class).enter(account, new Device("127.0.0.1", "test"));
    return new ConsoleVisitor(hub.url(), id.reveal());
  }

  /** Signs a page's browser in, in the language that it asks for. */
  public void enter(Page page, Account account) {
    enter(page, visitor(account).session());
  }

  /** As {@link #enter(Page, Account)}, by a session that is there. */
  public void enter(Page page, String session) {
    BrowserContext browser = page.context();
    browser.addCookies(List.of(new Cookie("naru_console", session).setUrl(hub.url() + "/console")));
    String language = String.valueOf(page.evaluate("navigator.language"));
    browser
        .request()
        .get(
            hub.url() + "/console/language?to=" + (language.startsWith("ko") ? "ko" : "en"),
            RequestOptions.create().setMaxRedirects(0));
  }
}
