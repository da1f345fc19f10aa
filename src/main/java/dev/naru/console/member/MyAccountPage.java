package dev.naru.console.member;

import dev.naru.account.Accounts;
import dev.naru.account.Action;
import dev.naru.account.entry.Sessions;
import dev.naru.account.entry.Sessions.Device;
import dev.naru.account.entry.SignIns;
import dev.naru.account.proof.Codes;
import dev.naru.account.proof.Passkeys;
import dev.naru.account.proof.Passwords;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Cookies;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.console.part.QrPicture;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import dev.naru.merchant.audit.Act;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.ModelAndView;

/** One's own account: password, codes, sessions. */
@ConsolePage
class MyAccountPage {

  private static final String ACCOUNT = "/console/account";

  private final Sessions sessions;
  private final SignIns signIns;
  private final Passwords passwords;
  private final Codes codes;
  private final Passkeys passkeys;
  private final Cookies cookies;
  private final Accounts accounts;

  MyAccountPage(
      Sessions sessions,
      SignIns signIns,
      Passwords passwords,
      Codes codes,
      Passkeys passkeys,
      Cookies cookies,
      Accounts accounts) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.signIns = signIns;
    this.passwords = passwords;
    this.codes = codes;
    this.passkeys = passkeys;
    this.cookies = cookies;
  }

  @Needs(Action.OWN_ACCOUNT)
  @GetMapping(ACCOUNT)
  ModelAndView account(Viewer viewer) {
    return new ModelAndView("console/account")
        .addObject("sessions", sessions.of(viewer.account()))
        .addObject("passkeys", passkeys.of(viewer.account().email()))
        .addObject("recoveryLeft", codes.recoveryLeft(viewer.account().email()));
  }

  /** Whoever else is signed in to this account is out. */
  @Needs(Action.OWN_ACCOUNT)
  @PostMapping(ACCOUNT + "/password")
  ModelAndView password(
      Viewer viewer,
      @RequestParam(defaultValue = "") String current,
      @RequestParam(defaultValue = "") String password,
      Device device,
      ServletWebRequest web) {
    try {
      signIns.requirePassword(viewer.account(), new Secret(current), device);
      String email = viewer.account().email();
      note(
          viewer,
          Act.PASSWORD_SET,
          () -> {
            passwords.set(email, viewer.account().name(), new Secret(password));
            sessions.endAll(email);
          });
      cookies.enter(web, signIns.enter(viewer.account(), device));
      return new ModelAndView(Frame.back(ACCOUNT, "password"));
    } catch (Failed failed) {
      return Said.problem(account(viewer), failed, web.getRequest());
    }
  }

  /** A new key for an app, as a picture and to be typed. */
  @Needs(value = Action.OWN_ACCOUNT, fresh = true)
  @GetMapping(ACCOUNT + "/codes")
  ModelAndView codes(Viewer viewer) {
    return offered(codes.offer(viewer.account().email()));
  }

  private static ModelAndView offered(Codes.Offer offer) {
    QrPicture picture = QrPicture.of(offer.address().reveal());
    return new ModelAndView("console/codes")
        .addObject("key", offer.text().reveal().replaceAll("(.{4})(?=.)", "$1 "))
        .addObject("picture", picture.path())
        .addObject("size", picture.size());
  }

  /** The app shows its first code; recovery codes are shown now, and never again. */
  @Needs(value = Action.OWN_ACCOUNT, fresh = true)
  @PostMapping(ACCOUNT + "/codes")
  ModelAndView takeCodes(
      Viewer viewer, @RequestParam(defaultValue = "") String code, HttpServletRequest request) {
    String email = viewer.account().email();
    try {
      note(
          viewer,
          Act.CODES_SET,
          () -> {
            codes.take(email, code);
            sessions.endOthers(viewer.session());
          });
      return new ModelAndView("console/recovery").addObject("codes", codes.newRecovery(email));
    } catch (Failed failed) {
      ModelAndView again =
          codes.offered(email).map(MyAccountPage::offered).orElseGet(() -> account(viewer));
      return Said.problem(again, failed, request);
    }
  }

  @Needs(value = Action.OWN_ACCOUNT, fresh = true)
  @PostMapping(ACCOUNT + "/recovery")
  ModelAndView recovery(Viewer viewer) {
    if (!viewer.account().secured()) {
      return new ModelAndView("redirect:" + ACCOUNT + "/codes");
    }
    note(viewer, Act.RECOVERY_RENEWED, () -> {});
    return new ModelAndView("console/recovery")
        .addObject("codes", codes.newRecovery(viewer.account().email()));
  }

  @Needs(value = Action.OWN_ACCOUNT, fresh = true)
  @PostMapping(ACCOUNT + "/codes/drop")
  String dropCodes(Viewer viewer) {
    note(viewer, Act.CODES_DROPPED, () -> codes.drop(viewer.account().email()));
    return Frame.back(ACCOUNT, "codes-off");
  }

  @Needs(Action.OWN_ACCOUNT)
  @PostMapping(ACCOUNT + "/sessions/end")
  String endSession(Viewer viewer, @RequestParam String id) {
    note(viewer, Act.SESSIONS_ENDED, () -> sessions.endOne(viewer.account(), id));
    return Frame.back(ACCOUNT, "session");
  }

  @Needs(Action.OWN_ACCOUNT)
  @PostMapping(ACCOUNT + "/sessions/end-others")
  String endOthers(Viewer viewer) {
    note(viewer, Act.SESSIONS_ENDED, () -> sessions.endOthers(viewer.session()));
    return Frame.back(ACCOUNT, "session");
  }

  private void note(Viewer viewer, Act act, Runnable work) {
    String email = viewer.account().email();
    accounts.note(viewer.actor(), viewer.home().id(), act, email, work);
  }
}
