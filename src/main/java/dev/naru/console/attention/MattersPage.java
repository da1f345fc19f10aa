package dev.naru.console.attention;

import dev.naru.account.Action;
import dev.naru.attention.Attention;
import dev.naru.attention.Matter;
import dev.naru.attention.MatterListStore;
import dev.naru.attention.Place;
import dev.naru.attention.What;
import dev.naru.attention.desk.Refusal;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** What needs a person: all of it, one of it, and what is done about it. */
@ConsolePage
class MattersPage {

  private static final String LIST = Looked.LIST;
  private static final String ONE = LIST + "/{merchant}/{id}";

  private static final int PAGE = 30;

  private final MatterListStore matters;
  private final MatterRows rows;
  private final StepDesk desk;

  MattersPage(MatterListStore matters, MatterRows rows, StepDesk desk) {
    this.matters = matters;
    this.rows = rows;
    this.desk = desk;
  }

  @Needs(Action.ATTENTION_READ)
  @GetMapping(LIST)
  ModelAndView list(Viewer viewer, Looked asked) {
    List<Matter> found =
        matters.list(
            new MatterListStore.Query(
                viewer.watched(),
                asked.open(),
                asked.kinds(),
                asked.about(),
                asked.place(),
                PAGE + 1));
    List<Matter> shown = found.subList(0, Math.min(PAGE, found.size()));
    Matter last = found.size() > PAGE ? shown.getLast() : null;
    return page("attention")
        .addObject("asked", asked)
        .addObject("rows", rows.rows(viewer, shown))
        .addObject("kinds", What.values())
        .addObject("words", viewer.words())
        .addObject("open", matters.countOpen(viewer.watched()))
        .addObject(
            "next", last == null ? null : asked.link(new Place(last.since(), last.id()).word()));
  }

  @Needs(Action.ATTENTION_READ)
  @GetMapping(ONE)
  ModelAndView one(Viewer viewer, @PathVariable long merchant, @PathVariable long id) {
    MatterRows.Row row = row(viewer, merchant, id);
    return page("matter")
        .addObject("row", row)
        .addObject("steps", desk.offered(row.matter(), row.payment()));
  }

  /** What a step will do, and to how much money. */
  @Needs(Action.ATTENTION_ACT)
  @GetMapping(ONE + "/do/{step}")
  ModelAndView ask(
      Viewer viewer,
      @PathVariable long merchant,
      @PathVariable long id,
      @PathVariable String step) {
    return form(viewer, row(viewer, merchant, id), step(step, false));
  }

  @Needs(Action.ATTENTION_ACT)
  @PostMapping(ONE + "/do/{step}")
  ModelAndView take(
      Viewer viewer,
      @PathVariable long merchant,
      @PathVariable long id,
      @PathVariable String step,
      HttpServletRequest request) {
    return taken(viewer, row(viewer, merchant, id), step(step, false), request);
  }

  /** The same of those that decide where money is. */
  @Needs(value = Action.ATTENTION_ACT, fresh = true)
  @GetMapping(ONE + "/money/{step}")
  ModelAndView askMoney(
      Viewer viewer,
      @PathVariable long merchant,
      @PathVariable long id,
      @PathVariable String step) {
    return form(viewer, row(viewer, merchant, id), step(step, true));
  }

  @Needs(value = Action.ATTENTION_ACT, fresh = true)
  @PostMapping(ONE + "/money/{step}")
  ModelAndView takeMoney(
      Viewer viewer,
      @PathVariable long merchant,
      @PathVariable long id,
      @PathVariable String step,
      HttpServletRequest request) {
    return taken(viewer, row(viewer, merchant, id), step(step, true), request);
  }

  private static ModelAndView page(String name) {
    return new ModelAndView("console/" + name)
        .addObject("styles", List.of("/assets/console/attention.css"));
  }

  private ModelAndView form(Viewer viewer, MatterRows.Row row, Step step) {
    if (step.quick()) {
      return new ModelAndView("redirect:" + row.path());
    }
    return page("matter-step")
        .addObject("row", row)
        .addObject("step", step)
        .addObject("offered", desk.offered(row.matter(), row.payment()).contains(step))
        .addObject("amount", rows.amount(desk.atStake(step, row.payment()), viewer.korean()))
        .addObject("turn", row.payment() == null ? 0 : row.payment().cancellations().size());
  }

  private ModelAndView taken(
      Viewer viewer, MatterRows.Row row, Step step, HttpServletRequest request) {
    try {
      if (step.money() && request.getParameter("sure") == null) {
        throw Failed.invalid(Refusal.NOT_CONFIRMED);
      }
      desk.take(
          viewer.actor(),
          row.matter(),
          row.payment(),
          step,
          new StepDesk.Given(
              text(request, "reason"), request.getParameter("tid"), number(text(request, "turn"))));
      return new ModelAndView(Frame.back(row.path(), "matter-" + step.word()));
    } catch (Failed failed) {
      ModelAndView again =
          step.quick()
              ? one(viewer, row.matter().merchantId(), row.matter().id())
              : form(viewer, row, step).addObject("reason", text(request, "reason"));
      return Said.problem(again.addObject("tid", request.getParameter("tid")), failed, request);
    }
  }

  private static String text(HttpServletRequest request, String name) {
    String text = request.getParameter(name);
    return text == null ? "" : text;
  }

  private static int number(String text) {
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
  }

  /** Not found unless the viewer sees it. */
  private MatterRows.Row row(Viewer viewer, long merchant, long id) {
    boolean sees =
        merchant == Attention.HUB
            ? viewer.runsHub()
            : viewer.requireShop(merchant).id() == merchant;
    Matter matter =
        (sees ? matters.one(merchant, id) : Optional.<Matter>empty())
            .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_MATTER));
    return rows.rows(viewer, List.of(matter)).getFirst();
  }

  private static Step step(String word, boolean money) {
    return Step.of(word)
        .filter(step -> step.money() == money)
        .orElseThrow(() -> Failed.notFound(Refusal.NO_SUCH_STEP));
  }
}
