package dev.naru.console.entry;

import dev.naru.account.Account;
import dev.naru.account.entry.FirstOwner;
import dev.naru.account.entry.Links;
import dev.naru.account.entry.Links.Kind;
import dev.naru.account.entry.Sessions.Device;
import dev.naru.account.entry.SignIns;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Cookies;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Open;
import dev.naru.console.frame.Said;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where the first owner begins: an account, and a shop for it. The codes of a phone come next. */
@ConsolePage
class SetUpPage {

  private final FirstOwner first;
  private final Links links;
  private final SignIns signIns;
  private final Cookies cookies;

  SetUpPage(FirstOwner first, Links links, SignIns signIns, Cookies cookies) {
    this.first = first;
    this.links = links;
    this.signIns = signIns;
    this.cookies = cookies;
  }

  @Open
  @GetMapping("/console/set-up")
  ModelAndView form(@RequestParam(defaultValue = "") String token) {
    links.find(Kind.SETUP, new Secret(token));
    return new ModelAndView("console/set-up")
        .addObject("token", token)
        .addObject("shops", first.shopsWithoutOwner());
  }

  @Open
  @PostMapping("/console/set-up")
  ModelAndView own(
      @RequestParam(defaultValue = "") String token,
      FirstOwner.Form form,
      Device device,
      HttpServletRequest request,
      HttpServletResponse response) {
    try {
      Account owner = first.begin(new Secret(token), form, device.address());
      cookies.enter(response, signIns.enter(owner, device));
      return new ModelAndView(Frame.back("/console/account/codes", "entered"));
    } catch (Failed failed) {
      ModelAndView again = form(token).addObject("form", form);
      return Said.problem(again, failed, request);
    }
  }
}
