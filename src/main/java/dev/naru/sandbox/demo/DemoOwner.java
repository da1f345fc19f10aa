package dev.naru.sandbox.demo;

import dev.naru.account.Account;
import dev.naru.account.Accounts;
import dev.naru.account.OneClick;
import dev.naru.merchant.audit.Actor;
import dev.naru.sandbox.SandboxOnly;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** The owner of the demo shop, who has no password: who sits at the sandbox is let in as them. */
@Component
@Conditional(SandboxOnly.class)
class DemoOwner implements OneClick {

  private static final String EMAIL = "owner@demo.naru.example";
  private static final String NAME = "Naru Demo";

  private final Accounts accounts;

  DemoOwner(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public synchronized Account owner(boolean korean) {
    Account owner =
        accounts
            .owner(DemoShop.ID)
            .orElseGet(() -> accounts.own(Actor.HUB, EMAIL, NAME, DemoShop.ID, korean));
    accounts.speak(owner, korean);
    return owner;
  }
}
