package dev.naru.console.entry;

import dev.naru.account.OneClick;
import dev.naru.account.entry.Session;
import dev.naru.account.entry.Sessions.Device;
import dev.naru.account.entry.SignIns;
import dev.naru.account.proof.Passkeys;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Cookies;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Languages;
import dev.naru.console.frame.Open;
import dev.naru.console.frame.OwnSite;
import dev.naru.console.frame.Refusal;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.ModelAndView;

/** Where one signs in and out. */
@ConsolePage
class SignInPage {

  private final SignIns signIns;
  private final Passkeys passkeys;
  private final Cookies cookies;
  private final ObjectProvider<OneClick> oneClick;

  SignInPage(
      SignIns signIns, Passkeys passkeys, Cookies cookies, ObjectProvider<OneClick> oneClick) {
    this.passkeys = passkeys;
    this.signIns = signIns;
    this.cookies = cookies;
    this.oneClick = oneClick;
  }

  @Open
  @GetMapping("/console/sign-in")
  ModelAndView signIn(
      @Nullable Viewer viewer,
      @RequestParam(required = false) @Nullable String next,
      HttpServletRequest request) {
    return viewer == null ? form(next, request) : new ModelAndView("redirect:" + Frame.next(next));
  }

  @Open
  @PostMapping("/console/sign-in")
  ModelAndView signIn(
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(required = false) @Nullable String next,
      Device device,
      ServletWebRequest web) {
    try {
      SignIns.Begun begun = signIns.password(email, new Secret(password), device);
      cookies.enter(web, begun.id());
      String on = Frame.next(next);
      return new ModelAndView(
          begun.entered() ? "redirect:" + on : Said.with("redirect:/console/code", "next", on));
    } catch (Failed failed) {
      return Said.problem(
          form(next, web.getRequest()).addObject("email", email), failed, web.getRequest());
    }
  }

  private ModelAndView form(@Nullable String next, HttpServletRequest request) {
    return new ModelAndView("console/sign-in")
        .addObject("next", Frame.next(next))
        .addObject("scripts", List.of("/assets/console/passkey.js"))
        .addObject("passkey", passkeys.toEnter())
        .addObject("oneClick", oneClick.getIfAvailable() != null && OwnSite.isLocal(request));
  }

  /** Without a password: a passkey is proof enough. */
  @Open
  @PostMapping("/console/passkey")
  ModelAndView passkey(
      @RequestParam(defaultValue = "") String answer,
      @RequestParam(required = false) @Nullable String next,
      Device device,
      ServletWebRequest web) {
    try {
      cookies.enter(web, signIns.passkey(answer, device));
      return new ModelAndView("redirect:" + Frame.next(next));
    } catch (Failed failed) {
      return Said.problem(form(next, web.getRequest()), failed, web.getRequest());
    }
  }

  /** The second proof is wanted of whoever knew the password. */
  @Open
  @GetMapping("/console/code")
  ModelAndView code(
      @Nullable Session session, @RequestParam(required = false) @Nullable String next) {
    return session == null || session.entered()
        ? new ModelAndView("redirect:/console/sign-in")
        : new ModelAndView("console/code").addObject("next", Frame.next(next));
  }

  @Open
  @PostMapping("/console/code")
  ModelAndView code(
      @Nullable Session session,
      @RequestParam(defaultValue = "") String code,
      @RequestParam(required = false) @Nullable String next,
      Device device,
      ServletWebRequest web) {
    if (session == null || session.entered()) {
      return new ModelAndView("redirect:/console/sign-in");
    }
    try {
      cookies.enter(web, signIns.code(session, code, device));
      return new ModelAndView("redirect:" + Frame.next(next));
    } catch (Failed failed) {
      ModelAndView again = new ModelAndView("console/code").addObject("next", Frame.next(next));
      return Said.problem(again, failed, web.getRequest());
    }
  }

  /** Lets the sandbox's own developer in; nobody at another machine. */
  @Open
  @PostMapping("/console/demo")
  String demo(Device device, HttpServletRequest request, HttpServletResponse response) {
    OneClick demo = oneClick.getIfAvailable();
    if (demo == null || !OwnSite.isLocal(request)) {
      throw Failed.notFound(Refusal.UNKNOWN_PAGE);
    }
    cookies.enter(response, signIns.enter(demo.owner(Languages.korean(request)), device));
    return "redirect:/console";
  }

  @Open
  @PostMapping("/console/sign-out")
  String signOut(@Nullable Session session, Device device, HttpServletResponse response) {
    if (session != null) {
      signIns.leave(session, device);
    }
    cookies.leave(response);
    return "redirect:/console/sign-in";
  }
}
