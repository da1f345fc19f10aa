package dev.naru.console.subshop;

import dev.naru.account.Account;
import dev.naru.account.Accounts;
import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.setup.SetUp;
import dev.naru.webhook.setting.WebhookEndpoints;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The sub-shops of the account's shop. */
@ConsolePage
class SubShopsPage {

  private static final String PATH = "/console/sub-shops";
  private static final String ONE = PATH + "/{code}";
  private static final List<String> STYLES = List.of("/assets/console/billing.css");

  private final Tiers tiers;
  private final ChannelSetup channels;
  private final WebhookEndpoints hooks;
  private final Accounts accounts;

  SubShopsPage(Tiers tiers, ChannelSetup channels, WebhookEndpoints hooks, Accounts accounts) {
    this.tiers = tiers;
    this.channels = channels;
    this.hooks = hooks;
    this.accounts = accounts;
  }

  /** A sub-shop, and what it has. */
  record Row(Merchant shop, List<SetUp> channels, long hooks, List<Account> members) {}

  /**
   * A channel of the representative's.
   *
   * @param holder the name of the sub-shop that has it; null for nobody
   */
  record Givable(SetUp channel, @Nullable String holder) {}

  /** What was written into the form of a new one. */
  record Wish(@Nullable String name, @Nullable String tier, @Nullable List<String> channel) {

    @Override
    public String name() {
      return name == null ? "" : name;
    }

    @Override
    public String tier() {
      return tier == null ? "" : tier.strip().toUpperCase(Locale.ROOT);
    }

    @Override
    public List<String> channel() {
      return channel == null ? List.of() : channel;
    }
  }

  @Needs(Action.SUBSHOPS_READ)
  @GetMapping(PATH)
  ModelAndView list(Viewer viewer) {
    return new ModelAndView("console/sub-shops")
        .addObject("styles", STYLES)
        .addObject(
            "rows", tiers.of(viewer.home()).stream().map(shop -> row(viewer, shop)).toList());
  }

  private Row row(Viewer viewer, Merchant shop) {
    return new Row(
        shop,
        channels.list(shop.id()),
        hooks.of(shop.id()).size(),
        accounts.seenBy(viewer.account()).stream()
            .filter(one -> one.merchantId() == shop.id())
            .filter(one -> one.state() != Account.State.ENDED)
            .toList());
  }

  @Needs(Action.SUBSHOPS_WRITE)
  @GetMapping(PATH + "/new")
  ModelAndView form(Viewer viewer, Wish wish) {
    return new ModelAndView("console/sub-shop-new")
        .addObject("styles", STYLES)
        .addObject("wish", wish)
        .addObject("givable", givable(viewer));
  }

  private List<Givable> givable(Viewer viewer) {
    List<Merchant> all = tiers.of(viewer.home());
    return channels.list(viewer.home().id()).stream()
        .filter(channel -> channel.givenBy() == null)
        .map(channel -> new Givable(channel, holder(all, channel)))
        .toList();
  }

  private static @Nullable String holder(List<Merchant> all, SetUp channel) {
    return all.stream()
        .filter(shop -> Objects.equals(shop.id(), channel.givenTo()))
        .map(Merchant::name)
        .findFirst()
        .orElse(null);
  }

  @Needs(Action.SUBSHOPS_WRITE)
  @PostMapping(PATH)
  ModelAndView make(Viewer viewer, Wish wish, HttpServletRequest request) {
    Merchant made;
    try {
      made = tiers.create(viewer.actor(), viewer.home(), wish.tier(), wish.name());
    } catch (Failed failed) {
      return Said.problem(form(viewer, wish), failed, request);
    }
    String code = wish.tier();
    try {
      wish.channel().forEach(key -> tiers.give(viewer.actor(), viewer.home(), code, key));
      return new ModelAndView(Frame.back(PATH + "/" + code, "sub-shop-made"));
    } catch (Failed failed) {
      return Said.problem(page(viewer, made), failed, request);
    }
  }

  @Needs(Action.SUBSHOPS_READ)
  @GetMapping(ONE)
  ModelAndView shop(Viewer viewer, @PathVariable String code) {
    return page(viewer, tiers.get(viewer.home(), code));
  }

  private ModelAndView page(Viewer viewer, Merchant shop) {
    Row row = row(viewer, shop);
    List<String> has = row.channels().stream().map(SetUp::key).toList();
    return new ModelAndView("console/sub-shop")
        .addObject("styles", STYLES)
        .addObject("row", row)
        .addObject(
            "free",
            givable(viewer).stream()
                .filter(one -> one.holder() == null && !has.contains(one.channel().key()))
                .toList());
  }

  @Needs(Action.SUBSHOPS_WRITE)
  @PostMapping(ONE + "/rename")
  ModelAndView rename(
      Viewer viewer,
      @PathVariable String code,
      @RequestParam(defaultValue = "") String name,
      HttpServletRequest request) {
    return done(
        viewer,
        code,
        request,
        "sub-shop-renamed",
        () -> tiers.rename(viewer.actor(), viewer.home(), code, name));
  }

  @Needs(Action.SUBSHOPS_WRITE)
  @PostMapping(ONE + "/give")
  ModelAndView give(
      Viewer viewer,
      @PathVariable String code,
      @RequestParam(defaultValue = "") String channel,
      HttpServletRequest request) {
    return done(
        viewer,
        code,
        request,
        "sub-shop-given",
        () -> tiers.give(viewer.actor(), viewer.home(), code, channel));
  }

  /** What taking a channel back means, before it is. */
  @Needs(Action.SUBSHOPS_WRITE)
  @GetMapping(ONE + "/take-back")
  ModelAndView confirm(
      Viewer viewer, @PathVariable String code, @RequestParam(defaultValue = "") String channel) {
    Merchant shop = tiers.get(viewer.home(), code);
    return channels.list(shop.id()).stream()
        .filter(one -> one.key().equals(channel) && one.givenBy() != null)
        .findFirst()
        .map(
            one ->
                new ModelAndView("console/sub-shop-channel")
                    .addObject("shop", shop)
                    .addObject("channel", one))
        .orElseGet(() -> page(viewer, shop));
  }

  @Needs(Action.SUBSHOPS_WRITE)
  @PostMapping(ONE + "/take-back")
  ModelAndView takeBack(
      Viewer viewer,
      @PathVariable String code,
      @RequestParam(defaultValue = "") String channel,
      HttpServletRequest request) {
    return done(
        viewer,
        code,
        request,
        "sub-shop-taken-back",
        () -> tiers.withdraw(viewer.actor(), viewer.home(), code, channel));
  }

  /** For a slip of the hand, its code is to be written once more. */
  @Needs(Action.SUBSHOPS_WRITE)
  @PostMapping(ONE + "/close")
  ModelAndView close(
      Viewer viewer,
      @PathVariable String code,
      @RequestParam(defaultValue = "") String again,
      HttpServletRequest request) {
    Merchant shop = tiers.get(viewer.home(), code);
    if (!again.strip().equalsIgnoreCase(code)) {
      return page(viewer, shop).addObject("mistyped", true);
    }
    try {
      tiers.delete(viewer.actor(), viewer.home(), code);
      return new ModelAndView(Frame.back(PATH, "sub-shop-closed"));
    } catch (Failed failed) {
      return Said.problem(page(viewer, shop), failed, request);
    }
  }

  private ModelAndView done(
      Viewer viewer, String code, HttpServletRequest request, String said, Runnable work) {
    Merchant shop = tiers.get(viewer.home(), code);
    try {
      work.run();
      return new ModelAndView(Frame.back(PATH + "/" + code, said));
    } catch (Failed failed) {
      return Said.problem(page(viewer, shop), failed, request);
    }
  }
}
