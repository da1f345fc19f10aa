package dev.naru.console.entry;

import dev.naru.account.Account;
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
import dev.naru.merchant.Merchants;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.ModelAndView;

/** What links in mails lead to: an invitation, a new password. */
@ConsolePage
class LinkPages {

  private final Links links;
  private final SignIns signIns;
  private final Merchants merchants;
  private final Cookies cookies;

  LinkPages(Links links, SignIns signIns, Merchants merchants, Cookies cookies) {
    this.links = links;
    this.signIns = signIns;
    this.merchants = merchants;
    this.cookies = cookies;
  }

  @Open
  @GetMapping("/console/invitation")
  ModelAndView invitation(@RequestParam(defaultValue = "") String token) {
    Account account = links.find(Kind.INVITATION, new Secret(token)).orElseThrow();
    return new ModelAndView("console/invitation")
        .addObject("token", token)
        .addObject("account", account)
        .addObject("name", account.name())
        .addObject("shop", merchants.get(account.merchantId()).name());
  }

  @Open
  @PostMapping("/console/invitation")
  ModelAndView accept(
      @RequestParam(defaultValue = "") String token,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String password,
      Device device,
      ServletWebRequest web) {
    try {
      Account account =
          links.accept(new Secret(token), name, new Secret(password), device.address());
      cookies.enter(web, signIns.enter(account, device));
      return new ModelAndView(Frame.back("/console", "entered"));
    } catch (Failed failed) {
      return Said.problem(invitation(token).addObject("name", name), failed, web.getRequest());
    }
  }

  @Open
  @GetMapping("/console/forgotten")
  ModelAndView forgotten() {
    return new ModelAndView("console/forgotten");
  }

  /** Says the same to everybody. */
  @Open
  @PostMapping("/console/forgotten")
  ModelAndView forgotten(
      @RequestParam(defaultValue = "") String email, Device device, HttpServletRequest request) {
    try {
      signIns.forgotten(email, device);
      return new ModelAndView("console/forgotten").addObject("sent", true);
    } catch (Failed failed) {
      return Said.problem(forgotten(), failed, request);
    }
  }

  @Open
  @GetMapping("/console/reset")
  ModelAndView reset(@RequestParam(defaultValue = "") String token) {
    Account account = links.find(Kind.RESET, new Secret(token)).orElseThrow();
    return new ModelAndView("console/reset")
        .addObject("token", token)
        .addObject("account", account);
  }

  @Open
  @PostMapping("/console/reset")
  ModelAndView reset(
      @RequestParam(defaultValue = "") String token,
      @RequestParam(defaultValue = "") String password,
      Device device,
      HttpServletRequest request) {
    try {
      links.reset(new Secret(token), new Secret(password), device.address());
      return new ModelAndView(Frame.back("/console/sign-in", "password"));
    } catch (Failed failed) {
      return Said.problem(reset(token), failed, request);
    }
  }
}
