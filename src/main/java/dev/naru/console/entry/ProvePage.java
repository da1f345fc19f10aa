package dev.naru.console.entry;

import dev.naru.account.Action;
import dev.naru.account.entry.Sessions.Device;
import dev.naru.account.entry.SignIns;
import dev.naru.account.proof.Passkeys;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Asks once more who sits there, before what needs a fresh proof. */
@ConsolePage
class ProvePage {

  private final SignIns signIns;
  private final Passkeys passkeys;

  ProvePage(SignIns signIns, Passkeys passkeys) {
    this.signIns = signIns;
    this.passkeys = passkeys;
  }

  @Needs(Action.OWN_ACCOUNT)
  @GetMapping("/console/prove")
  ModelAndView ask(Viewer viewer, @RequestParam(required = false) @Nullable String next) {
    return new ModelAndView("console/prove")
        .addObject("next", Frame.next(next))
        .addObject("scripts", List.of("/assets/console/passkey.js"))
        .addObject("passkey", passkeys.toProve(viewer.account().email()));
  }

  @Needs(Action.OWN_ACCOUNT)
  @PostMapping("/console/prove")
  ModelAndView prove(
      Viewer viewer,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String code,
      Device device,
      HttpServletRequest request) {
    String next = request.getParameter("next");
    try {
      signIns.prove(viewer.session(), new Secret(password), code, device);
      return new ModelAndView("redirect:" + Frame.next(next));
    } catch (Failed failed) {
      return Said.problem(ask(viewer, next), failed, request);
    }
  }

  @Needs(Action.OWN_ACCOUNT)
  @PostMapping("/console/prove/passkey")
  ModelAndView passkey(
      Viewer viewer,
      @RequestParam(defaultValue = "") String answer,
      @RequestParam(required = false) @Nullable String next,
      Device device,
      HttpServletRequest request) {
    try {
      signIns.provePasskey(viewer.session(), answer, device);
      return new ModelAndView("redirect:" + Frame.next(next));
    } catch (Failed failed) {
      return Said.problem(ask(viewer, next), failed, request);
    }
  }
}
