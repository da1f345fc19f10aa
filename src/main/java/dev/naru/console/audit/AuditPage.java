package dev.naru.console.audit;

import dev.naru.account.Account;
import dev.naru.account.Accounts;
import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Refusal;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Audit;
import dev.naru.merchant.audit.Audited;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** Who did what, and when, with what was before and after; on the page and as a file. */
@ConsolePage
class AuditPage {

  static final String LIST = "/console/audit";
  private static final int PAGE = 50;

  private final Audit audit;
  private final AuditRows rows;
  private final AuditFile file;
  private final Accounts accounts;
  private final HubClock clock;

  AuditPage(Audit audit, AuditRows rows, AuditFile file, Accounts accounts, HubClock clock) {
    this.audit = audit;
    this.rows = rows;
    this.file = file;
    this.accounts = accounts;
    this.clock = clock;
  }

  @Needs(Action.AUDIT_READ)
  @GetMapping(LIST)
  ModelAndView list(Viewer viewer, Asked asked) {
    List<Audited> found = audit.list(asked.query(shops(viewer), PAGE + 1));
    List<Audited> shown = found.subList(0, Math.min(PAGE, found.size()));
    return new ModelAndView("console/audit")
        .addObject("styles", List.of("/assets/console/attention.css", "/assets/console/audit.css"))
        .addObject("asked", asked)
        .addObject("rows", rows.of(viewer, shown))
        .addObject("people", people(viewer, shown))
        .addObject("acts", acts(viewer))
        .addObject("next", found.size() > PAGE ? asked.link(shown.getLast().id()) : null);
  }

  /** The same list to its end, whatever page is shown. */
  @Needs(Action.EXPORT)
  @GetMapping(LIST + "/export")
  void export(Viewer viewer, Asked asked, HttpServletResponse response) throws IOException {
    if (!viewer.may(Action.AUDIT_READ)) {
      throw Failed.forbidden(Refusal.NOT_ALLOWED);
    }
    String day = LocalDate.ofInstant(clock.instant(), HubClock.SEOUL).toString();
    response.setContentType("text/csv; charset=UTF-8");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-" + day + ".csv\"");
    file.write(viewer, asked.query(shops(viewer), PAGE).below(null), response.getOutputStream());
  }

  private static List<Long> shops(Viewer viewer) {
    return viewer.shops().stream().map(Merchant::id).toList();
  }

  /** By their ids: who has an account, and who else is on the page. */
  private Map<String, String> people(Viewer viewer, List<Audited> shown) {
    Map<String, String> people = new LinkedHashMap<>();
    accounts.seenBy(viewer.account()).stream()
        .sorted(Comparator.comparing(Account::name))
        .forEach(one -> people.put(one.actor("").id(), one.name() + " (" + one.email() + ")"));
    shown.stream().map(Audited::actor).forEach(one -> people.putIfAbsent(one.id(), name(one)));
    return people;
  }

  private static String name(Actor actor) {
    return actor.name().equals(actor.id()) ? actor.name() : actor.name() + " (" + actor.id() + ")";
  }

  private static List<Map.Entry<String, String>> acts(Viewer viewer) {
    return Arrays.stream(Act.values())
        .map(act -> Map.entry(act.name(), viewer.words().of(act)))
        .sorted(Map.Entry.comparingByValue())
        .toList();
  }
}
