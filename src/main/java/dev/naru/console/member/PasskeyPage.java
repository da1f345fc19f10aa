package dev.naru.console.member;

import dev.naru.account.Accounts;
import dev.naru.account.Action;
import dev.naru.account.proof.Passkeys;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.merchant.audit.Act;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One's own passkeys: another one, and one less. */
@ConsolePage
class PasskeyPage {

  private static final String ACCOUNT = "/console/account";
  private static final String PASSKEYS = ACCOUNT + "/passkeys";

  private final Passkeys passkeys;
  private final Accounts accounts;

  PasskeyPage(Passkeys passkeys, Accounts accounts) {
    this.passkeys = passkeys;
    this.accounts = accounts;
  }

  @Needs(value = Action.OWN_ACCOUNT, fresh = true)
  @GetMapping(PASSKEYS + "/new")
  ModelAndView another(Viewer viewer) {
    return new ModelAndView("console/passkey")
        .addObject("scripts", List.of("/assets/console/passkey.js"))
        .addObject("passkey", passkeys.toMake(viewer.account().email()));
  }

  @Needs(value = Action.OWN_ACCOUNT, fresh = true)
  @PostMapping(PASSKEYS)
  ModelAndView take(
      Viewer viewer,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String answer,
      HttpServletRequest request) {
    try {
      String email = viewer.account().email();
      note(viewer, Act.PASSKEY_ADDED, () -> passkeys.take(email, name, answer));
      return new ModelAndView(Frame.back(ACCOUNT, "passkey"));
    } catch (Failed failed) {
      return Said.problem(another(viewer).addObject("name", name), failed, request);
    }
  }

  @Needs(value = Action.OWN_ACCOUNT, fresh = true)
  @PostMapping(PASSKEYS + "/remove")
  String remove(Viewer viewer, @RequestParam(defaultValue = "") String id) {
    String email = viewer.account().email();
    note(viewer, Act.PASSKEY_REMOVED, () -> passkeys.remove(email, id));
    return Frame.back(ACCOUNT, "passkey-off");
  }

  private void note(Viewer viewer, Act act, Runnable work) {
    String email = viewer.account().email();
    accounts.note(viewer.actor(), viewer.home().id(), act, email, work);
  }
}
