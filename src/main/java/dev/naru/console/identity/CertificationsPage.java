package dev.naru.console.identity;

import dev.naru.account.Action;
import dev.naru.certification.Certification;
import dev.naru.certification.CertificationDesk;
import dev.naru.certification.CertificationDesk.Stand;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Address;
import dev.naru.kernel.Name;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Identity checks: who was verified, and what became of each. */
@ConsolePage
class CertificationsPage {

  private static final String PATH = "/console/identity";
  private static final List<String> STYLES = List.of("/assets/console/billing.css");
  private static final int SIZE = 50;
  private static final int LONGEST = 40;

  private final CertificationDesk desk;
  private final Channels channels;

  CertificationsPage(CertificationDesk desk, Channels channels) {
    this.desk = desk;
    this.channels = channels;
  }

  @Needs(Action.CERTIFICATIONS_READ)
  @GetMapping(PATH)
  ModelAndView list(
      Viewer viewer,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String after) {
    Map<Long, String> names =
        viewer.shops().stream().collect(Collectors.toMap(Merchant::id, Merchant::name));
    String text = q.length() > LONGEST || q.indexOf('\0') >= 0 ? "" : q.strip();
    Stand stand = stand(state);
    CertificationDesk.Page page = desk.page(names.keySet(), stand, text, after, SIZE);
    Address here =
        Address.of(PATH, viewer).with("state", stand == null ? null : word(stand)).with("q", text);
    return new ModelAndView("console/certifications")
        .addObject("styles", STYLES)
        .addObject("names", names)
        .addObject("q", text)
        .addObject("stand", stand)
        .addObject("stands", Stand.values())
        .addObject("here", here)
        .addObject(
            "rows", page.rows().stream().map(one -> Shown.masked(one, viewer.korean())).toList())
        .addObject("pgs", pgs(page.rows(), viewer.korean()))
        .addObject("goesOn", page.searchGoesOn())
        .addObject("first", after.isEmpty())
        .addObject("next", page.next() == null ? null : here.with("after", page.next()));
  }

  @Needs(Action.CERTIFICATIONS_READ)
  @GetMapping(PATH + "/{uid}")
  ModelAndView certification(Viewer viewer, @PathVariable String uid) {
    return page(viewer, Shown.masked(desk.get(shops(viewer), uid), viewer.korean()));
  }

  /** The person, CI and DI in clear: only right after a proof, and written down. */
  @Needs(value = Action.CERTIFICATIONS_READ, fresh = true)
  @GetMapping(PATH + "/{uid}/reveal")
  ModelAndView reveal(Viewer viewer, @PathVariable String uid) {
    return page(
        viewer, Shown.whole(desk.reveal(viewer.actor(), shops(viewer), uid), viewer.korean()));
  }

  @Needs(Action.CERTIFICATIONS_DELETE)
  @PostMapping(PATH + "/{uid}/delete")
  String delete(Viewer viewer, @PathVariable String uid) {
    desk.delete(viewer.actor(), shops(viewer), uid);
    return Frame.back(PATH, "certification-deleted");
  }

  private ModelAndView page(Viewer viewer, Shown shown) {
    Certification certification = shown.certification();
    return new ModelAndView("console/certification")
        .addObject("styles", STYLES)
        .addObject("shown", shown)
        .addObject("uid", certification.impUid().value())
        .addObject("shop", viewer.requireShop(certification.merchantId()))
        .addObject("pg", pg(certification, viewer.korean()))
        .addObject("tid", certification.ref().map(ref -> ref.tid()).orElse(null));
  }

  private static List<Long> shops(Viewer viewer) {
    return viewer.knownShops().stream().map(Merchant::id).toList();
  }

  private Map<String, String> pgs(List<Certification> rows, boolean korean) {
    return rows.stream()
        .collect(Collectors.toMap(one -> one.impUid().value(), one -> pg(one, korean)));
  }

  private String pg(Certification certification, boolean korean) {
    return channels
        .byKey(certification.merchantId(), certification.via().channelKey())
        .map(channel -> said(channel.pg().name(), korean))
        .orElse(certification.via().pgProvider());
  }

  private static String said(Name name, boolean korean) {
    return korean ? name.korean() : name.english();
  }

  private static @Nullable Stand stand(String word) {
    return Stream.of(Stand.values()).filter(one -> word(one).equals(word)).findFirst().orElse(null);
  }

  private static String word(Stand stand) {
    return stand.name().toLowerCase(Locale.ROOT);
  }
}
