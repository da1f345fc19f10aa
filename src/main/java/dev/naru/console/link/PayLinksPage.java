package dev.naru.console.link;

import dev.naru.account.Action;
import dev.naru.checkout.link.LinkDesk;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Address;
import dev.naru.console.part.Figures;
import dev.naru.console.part.QrPicture;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Use;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Payment links of a shop. */
@ConsolePage
class PayLinksPage {

  private static final String PATH = "/console/links";
  private static final int SIZE = 50;
  private static final List<String> METHODS = List.of("card", "trans", "vbank", "phone");
  private static final List<String> CURRENCIES = List.of("KRW", "USD", "EUR", "JPY", "CNY");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuMMdd", Locale.ROOT).withZone(HubClock.SEOUL);

  private final LinkDesk desk;
  private final Channels channels;
  private final HubClock clock;

  PayLinksPage(LinkDesk desk, Channels channels, HubClock clock) {
    this.desk = desk;
    this.channels = channels;
    this.clock = clock;
  }

  @Needs(Action.LINKS_READ)
  @GetMapping(PATH)
  ModelAndView list(Viewer viewer, @RequestParam(defaultValue = "") String after) {
    Map<Long, String> names =
        viewer.shops().stream().collect(Collectors.toMap(Merchant::id, Merchant::name));
    LinkDesk.Page page = desk.page(names.keySet(), after, SIZE);
    return new ModelAndView("console/pay-links")
        .addObject("styles", List.of("/assets/console/billing.css"))
        .addObject("show", new Figures(viewer.korean()))
        .addObject("methods", METHODS)
        .addObject("links", page.links())
        .addObject("names", names)
        .addObject("first", after.isEmpty())
        .addObject(
            "next",
            page.next() == null ? null : Address.of(PATH, viewer).with("after", page.next()));
  }

  @Needs(Action.LINKS_WRITE)
  @GetMapping(PATH + "/new")
  ModelAndView form(Viewer viewer) {
    MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
    String once = desk.once();
    fields.add("once", once);
    fields.add("merchant_uid", "link-" + DAY.format(clock.instant()) + "-" + once.substring(0, 8));
    fields.add("currency", "KRW");
    fields.add("display_language", viewer.korean() ? "ko" : "en");
    fields.add("expires", new Figures(true).input(clock.instant().plus(Duration.ofDays(7))));
    return form(viewer, viewer.shop(), new LinkForm(fields));
  }

  private ModelAndView form(Viewer viewer, Merchant shop, LinkForm form) {
    List<Channel> usable = channels.of(shop.id()).stream().filter(Use.WINDOW.is()).toList();
    return new ModelAndView("console/pay-link-new")
        .addObject("styles", List.of("/assets/console/billing.css"))
        .addObject("shop", shop)
        .addObject("form", form)
        .addObject("least", new Figures(viewer.korean()).input(clock.instant()))
        .addObject("channels", usable)
        .addObject("methods", METHODS)
        .addObject("currencies", CURRENCIES);
  }

  @Needs(Action.LINKS_WRITE)
  @PostMapping(PATH)
  ModelAndView make(
      Viewer viewer,
      @RequestParam long of,
      @RequestParam MultiValueMap<String, String> fields,
      HttpServletRequest request) {
    Merchant shop = viewer.requireShop(of);
    LinkForm form = new LinkForm(fields);
    try {
      LinkDesk.Shown link = desk.make(viewer.actor(), shop, form.order(), form.value("once"));
      return new ModelAndView(Frame.back(PATH + "/" + link.code(), "link-made"));
    } catch (Failed failed) {
      return Said.problem(form(viewer, shop, form), failed, request);
    }
  }

  @Needs(Action.LINKS_READ)
  @GetMapping(PATH + "/{code}")
  ModelAndView link(Viewer viewer, @PathVariable String code) {
    LinkDesk.Shown link = find(viewer, code);
    return new ModelAndView("console/pay-link")
        .addObject("styles", List.of("/assets/console/billing.css"))
        .addObject("show", new Figures(viewer.korean()))
        .addObject("shop", viewer.requireShop(link.merchantId()))
        .addObject("methods", METHODS)
        .addObject("link", link)
        .addObject("picture", QrPicture.of(link.url().toString()));
  }

  @Needs(Action.LINKS_WRITE)
  @PostMapping(PATH + "/{code}/close")
  String close(Viewer viewer, @PathVariable String code) {
    LinkDesk.Shown link = find(viewer, code);
    desk.close(viewer.actor(), link.merchantId(), code);
    return Frame.back(PATH + "/" + link.code(), "link-closed");
  }

  /** Of one of the viewer's shops; no other link is told from none. */
  private LinkDesk.Shown find(Viewer viewer, String code) {
    return desk.find(viewer.knownShops().stream().map(Merchant::id).toList(), code);
  }
}
