package dev.naru.console.billing;

import dev.naru.account.Action;
import dev.naru.billing.desk.KeyListing;
import dev.naru.billing.desk.ListPlace;
import dev.naru.billing.key.BillingKey;
import dev.naru.billing.key.CustomerKey;
import dev.naru.connector.CardInfo;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Address;
import dev.naru.console.part.Figures;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Billing keys: which cards a shop may charge, and the deletion of one. */
@ConsolePage
class BillingKeysPage {

  private static final int SIZE = 50;
  private static final int LONGEST = 80;

  private final KeyListing listing;
  private final PgChoices pgs;

  BillingKeysPage(KeyListing listing, PgChoices pgs) {
    this.listing = listing;
    this.pgs = pgs;
  }

  /**
   * A key as it is shown.
   *
   * @param card its company and number, null if its PG told neither
   */
  record Row(
      String customerUid,
      @Nullable String card,
      List<Via> vias,
      @Nullable String shop,
      String made,
      String used,
      long waiting,
      Address delete) {}

  /** A channel it has a key on. */
  record Via(String pg, String channel) {}

  @Needs(Action.BILLING_READ)
  @GetMapping(Places.KEYS)
  ModelAndView list(
      Viewer viewer,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String after) {
    List<Merchant> shops = viewer.shops();
    Map<Long, String> names =
        shops.stream().collect(Collectors.toMap(Merchant::id, Merchant::name));
    String begin = q.length() > LONGEST || q.indexOf('\0') >= 0 ? "" : q.strip();
    Address here = Address.of(Places.KEYS, viewer).with("q", begin);
    KeyListing.Page page =
        listing.page(names.keySet(), begin, ListPlace.of(after).orElse(null), SIZE);
    return new ModelAndView("console/billing-keys")
        .addObject("styles", List.of(Places.STYLE))
        .addObject("q", begin)
        .addObject("manyShops", shops.size() > 1)
        .addObject("rows", page.rows().stream().map(row -> row(viewer, names, row)).toList())
        .addObject("first", after.isEmpty())
        .addObject("here", here)
        .addObject("next", page.next() == null ? null : here.with("after", page.next().word()));
  }

  @Needs(Action.BILLING_WRITE)
  @GetMapping(Places.KEYS + "/delete")
  ModelAndView confirm(Viewer viewer, @RequestParam long of, @RequestParam String uid) {
    Merchant shop = viewer.requireShop(of);
    Row row = row(viewer, Map.of(shop.id(), shop.name()), listing.get(shop.id(), uid));
    return new ModelAndView("console/billing-key")
        .addObject("shop", shop)
        .addObject("back", Address.of(Places.KEYS))
        .addObject("row", row);
  }

  @Needs(Action.BILLING_WRITE)
  @PostMapping(Places.KEYS + "/delete")
  ModelAndView delete(
      Viewer viewer,
      @RequestParam long of,
      @RequestParam String uid,
      @RequestParam(defaultValue = "false") boolean revokes,
      HttpServletRequest request) {
    Merchant shop = viewer.requireShop(of);
    try {
      listing.delete(viewer.actor(), shop.id(), uid, revokes);
      return new ModelAndView(Frame.back(Places.KEYS, "billing-key-deleted"));
    } catch (Failed failed) {
      return Said.problem(confirm(viewer, of, uid), failed, request);
    }
  }

  private Row row(Viewer viewer, Map<Long, String> names, KeyListing.Row row) {
    CustomerKey key = row.key();
    Figures figures = new Figures(viewer.korean());
    return new Row(
        key.customerUid(),
        card(key),
        key.keys().stream().map(one -> via(viewer, one)).toList(),
        names.size() > 1 ? names.get(key.merchantId()) : null,
        figures.time(key.insertedAt()),
        figures.time(row.usedAt()),
        row.waiting(),
        Address.of(Places.KEYS + "/delete")
            .with("of", key.merchantId())
            .with("uid", key.customerUid()));
  }

  private Via via(Viewer viewer, BillingKey key) {
    return new Via(
        pgs.name(key.merchantId(), key.channelKey(), viewer.korean()),
        pgs.channel(key.merchantId(), key.channelKey()));
  }

  private static @Nullable String card(CustomerKey key) {
    return key.keys().stream()
        .map(one -> one.key().card())
        .filter(Objects::nonNull)
        .map(BillingKeysPage::card)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse(null);
  }

  private static String card(CardInfo card) {
    return java.util.stream.Stream.of(card.name(), card.number())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "));
  }
}
