package dev.naru.account.entry;

import dev.naru.account.Account;
import dev.naru.account.Accounts;
import dev.naru.account.Refusal;
import dev.naru.account.proof.Codes;
import dev.naru.account.proof.Passkeys;
import dev.naru.account.proof.Passwords;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Shops;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How a hub gets its first owner, and its first shop if there is none. */
@Component
public class FirstOwner {

  private final Links links;
  private final Accounts accounts;
  private final Passwords passwords;
  private final Codes codes;
  private final Sessions sessions;
  private final Passkeys passkeys;
  private final Shops shops;
  private final Settings settings;

  FirstOwner(
      Links links,
      Accounts accounts,
      Passwords passwords,
      Codes codes,
      Sessions sessions,
      Passkeys passkeys,
      Shops shops,
      Settings settings) {
    this.links = links;
    this.accounts = accounts;
    this.passwords = passwords;
    this.codes = codes;
    this.sessions = sessions;
    this.passkeys = passkeys;
    this.shops = shops;
    this.settings = settings;
  }

  /**
   * What is typed in.
   *
   * @param shop the name of a new shop
   * @param userCode of a shop that is there already; null or empty for a new one
   */
  public record Form(
      @Nullable String email,
      @Nullable String name,
      @Nullable String password,
      @Nullable String shop,
      @Nullable String userCode,
      boolean korean) {}

  /**
   * The address to be printed at a start; empty where somebody owns this hub already, or the
   * address of an earlier start still waits.
   */
  public Optional<Secret> address() {
    return settings.live() && !accounts.anyOwner() && !links.waitsForSetUp()
        ? Optional.of(links.setUp())
        : Optional.empty();
  }

  /**
   * Another address for the first owner; the one before is over.
   *
   * @throws Failed conflict, if there is an owner
   */
  public Secret again() {
    if (accounts.anyOwner()) {
      throw Failed.conflict(Refusal.OWNER_THERE);
    }
    return links.setUp();
  }

  /**
   * Lets an owner in who has lost password or phone: codes and sessions are gone.
   *
   * @param email empty for the only owner there is
   * @return where a new password is set
   * @throws Failed not found, invalid if there are several
   */
  public Secret reset(String email) {
    List<Account> owners =
        shops.list().stream()
            .flatMap(shop -> accounts.owner(shop.id()).stream())
            .filter(owner -> email.isEmpty() || owner.email().equals(Accounts.email(email)))
            .toList();
    if (owners.isEmpty()) {
      throw Failed.notFound(Refusal.UNKNOWN_ACCOUNT);
    }
    if (owners.size() > 1) {
      throw Failed.invalid(Refusal.SEVERAL_OWNERS);
    }
    Account owner = owners.getFirst();
    accounts.note(
        Actor.command("owner reset"),
        owner.merchantId(),
        Act.OWNER_RESET,
        owner.email(),
        () -> {
          codes.drop(owner.email());
          passkeys.drop(owner.email());
          sessions.endAll(owner.email());
        });
    return links.reset(owner);
  }

  /** Shops that are there, by the shop file or from before, and have no owner. */
  public List<Merchant> shopsWithoutOwner() {
    return shops.list().stream().filter(shop -> accounts.owner(shop.id()).isEmpty()).toList();
  }

  /**
   * Whoever has the address becomes the owner. It is used only once all else is right.
   *
   * @throws Failed not found, invalid
   */
  public Account begin(Secret token, Form form, String address) {
    links.find(Links.Kind.SETUP, token);
    String email = Accounts.email(text(form.email()));
    String name = Accounts.name(text(form.name()));
    Secret password = new Secret(text(form.password()));
    passwords.require(email, name, password);
    Optional<Merchant> known =
        shopsWithoutOwner().stream()
            .filter(shop -> shop.userCode().equals(form.userCode()))
            .findFirst();
    String shopName = known.isPresent() ? "" : Accounts.name(text(form.shop()));
    links.use(Links.Kind.SETUP, token);
    Actor actor = Actor.account(email, name, address);
    Merchant shop = known.orElseGet(() -> shops.create(actor, shopName, null));
    Account owner = accounts.own(actor, email, name, shop.id(), form.korean());
    passwords.set(email, name, password);
    return owner;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
