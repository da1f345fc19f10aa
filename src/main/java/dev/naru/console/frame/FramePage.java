package dev.naru.console.frame;

import dev.naru.account.Accounts;
import dev.naru.account.Action;
import dev.naru.account.entry.Sessions;
import dev.naru.kernel.Failed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What the frame itself answers: paths that are none, languages, the choice of a shop. */
@ConsolePage
class FramePage {

  /** Where a form goes that lacks its token. */
  static final String OLD_PAGE = "/console/old-page";

  private final Accounts accounts;
  private final Sessions sessions;
  private final Cookies cookies;

  FramePage(Accounts accounts, Sessions sessions, Cookies cookies) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.cookies = cookies;
  }

  /** Every path of the console that is no page. */
  @Open
  @RequestMapping("/console/**")
  String unknown() {
    throw Failed.notFound(Refusal.UNKNOWN_PAGE);
  }

  @Open
  @RequestMapping(OLD_PAGE)
  String oldPage() {
    throw Failed.forbidden(Refusal.OLD_PAGE);
  }

  /** Changes nothing but words, and so is a link. */
  @Open
  @GetMapping("/console/language")
  String language(
      @Nullable Viewer viewer,
      @RequestParam(defaultValue = "ko") String to,
      @RequestParam(required = false) @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    boolean korean = !to.equals("en");
    cookies.language(response, korean);
    if (viewer != null) {
      accounts.speak(viewer.account(), korean);
    }
    return "redirect:" + Frame.next(next);
  }

  @Needs(Action.OWN_ACCOUNT)
  @GetMapping("/console/shop")
  ModelAndView shops(@RequestParam(required = false) @Nullable String next) {
    return new ModelAndView("console/shops").addObject("next", Frame.next(next));
  }

  @Needs(Action.OWN_ACCOUNT)
  @PostMapping("/console/shop")
  String shop(
      Viewer viewer,
      @RequestParam String choice,
      @RequestParam(required = false) @Nullable String next) {
    sessions.look(viewer.session(), viewer.selected(choice));
    return "redirect:" + Frame.next(next);
  }
}
