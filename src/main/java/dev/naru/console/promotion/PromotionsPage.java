package dev.naru.console.promotion;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Address;
import dev.naru.console.part.Figures;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.merchant.Merchant;
import dev.naru.promotion.CardCompanies;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Promotions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Promotions of a shop as a list, and the making of one. */
@ConsolePage
class PromotionsPage {

  static final String PATH = "/console/promotions";

  private static final int SIZE = 50;

  private final Promotions promotions;
  private final HubClock clock;
  private final Ids ids;

  PromotionsPage(Promotions promotions, HubClock clock, Ids ids) {
    this.promotions = promotions;
    this.clock = clock;
    this.ids = ids;
  }

  /** A state, how many are in it, and where they are listed; null for all. */
  record Choice(String state, long count, Address page, boolean current) {}

  @Needs(Action.PROMOTIONS_READ)
  @GetMapping(PATH)
  ModelAndView list(
      Viewer viewer,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "1") String page) {
    Instant now = clock.instant();
    List<Promotion> all = new ArrayList<>();
    viewer.shops().forEach(shop -> all.addAll(promotions.list(shop.id())));
    all.sort(Comparator.comparing(Promotion::createdAt).reversed());
    List<Promotion> fitting =
        all.stream().filter(one -> state.isEmpty() || word(one.state(now)).equals(state)).toList();
    int number = page.matches("\\d{1,4}") ? Math.max(1, Integer.parseInt(page)) : 1;
    List<Promotion> shown = fitting.stream().skip((long) (number - 1) * SIZE).limit(SIZE).toList();
    Address list = Address.of(PATH, viewer);
    Address here = list.with("state", state);
    boolean more = fitting.size() > (long) number * SIZE;
    return new ModelAndView("console/promotions")
        .addObject("styles", PromotionRows.STYLES)
        .addObject("choices", choices(all, list, state, now))
        .addObject(
            "rows", shown.stream().map(one -> PromotionRows.of(one, now, viewer.korean())).toList())
        .addObject("any", !all.isEmpty())
        .addObject(
            "names",
            viewer.shops().stream().collect(Collectors.toMap(Merchant::id, Merchant::name)))
        .addObject("first", number == 1 ? null : here)
        .addObject("next", more ? here.with("page", number + 1) : null);
  }

  private static List<Choice> choices(
      List<Promotion> all, Address here, String state, Instant now) {
    Map<Promotion.State, Long> counts =
        all.stream().collect(Collectors.groupingBy(one -> one.state(now), Collectors.counting()));
    List<Choice> choices = new ArrayList<>();
    choices.add(new Choice("ALL", all.size(), here, state.isEmpty()));
    for (Promotion.State one : Promotion.State.values()) {
      choices.add(
          new Choice(
              one.name(),
              counts.getOrDefault(one, 0L),
              here.with("state", word(one)),
              state.equals(word(one))));
    }
    return choices;
  }

  private static String word(Promotion.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  @Needs(Action.PROMOTIONS_WRITE)
  @GetMapping(PATH + "/new")
  ModelAndView form(Viewer viewer) {
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
    Figures figures = new Figures(viewer.korean());
    MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
    fields.add("once", ids.opaque(Promotions.PREFIX));
    fields.add("starts", figures.input(hour));
    fields.add("ends", figures.input(hour.plus(Duration.ofDays(30))));
    fields.add("restores", "true");
    return form(viewer.shop(), new PromotionForm(fields));
  }

  private static ModelAndView form(Merchant shop, PromotionForm form) {
    return new ModelAndView("console/promotion-form")
        .addObject("styles", PromotionRows.STYLES)
        .addObject("shop", shop)
        .addObject("form", form)
        .addObject("open", PromotionForm.open(Promotion.State.PLANNED))
        .addObject("post", PATH)
        .addObject("back", PATH)
        .addObject("fresh", true)
        .addObject("cards", CardCompanies.names());
  }

  @Needs(Action.PROMOTIONS_WRITE)
  @PostMapping(PATH)
  ModelAndView make(
      Viewer viewer,
      @RequestParam long of,
      @RequestParam MultiValueMap<String, String> fields,
      HttpServletRequest request) {
    Merchant shop = viewer.requireShop(of);
    PromotionForm form = new PromotionForm(fields);
    // Sent twice, it makes one.
    String once = form.value("once");
    String id =
        once.matches(Promotions.PREFIX + "-[0-9a-f-]{36}") ? once : ids.opaque(Promotions.PREFIX);
    try {
      Promotion made = promotions.make(viewer.actor(), shop.id(), id, form.plan());
      return new ModelAndView(Frame.back(PATH + "/" + made.id(), "promotion-made"));
    } catch (Failed failed) {
      return Said.problem(form(shop, form), failed, request);
    }
  }
}
