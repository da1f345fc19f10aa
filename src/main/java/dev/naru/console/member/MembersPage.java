package dev.naru.console.member;

import dev.naru.account.Account;
import dev.naru.account.Accounts;
import dev.naru.account.Action;
import dev.naru.account.Role;
import dev.naru.account.entry.Links;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Who belongs to the shop, and as what. */
@ConsolePage
class MembersPage {

  private static final String MEMBERS = "/console/members";

  private final Accounts accounts;
  private final Links links;

  MembersPage(Accounts accounts, Links links) {
    this.accounts = accounts;
    this.links = links;
  }

  @Needs(Action.ACCOUNTS_READ)
  @GetMapping(MEMBERS)
  ModelAndView list(Viewer viewer) {
    return new ModelAndView("console/members")
        .addObject("members", accounts.seenBy(viewer.account()))
        .addObject("gives", viewer.account().role().gives())
        .addObject(
            "shopNames",
            viewer.everyShop().stream().collect(Collectors.toMap(Merchant::id, Merchant::name)));
  }

  @Needs(Action.ACCOUNTS_WRITE)
  @PostMapping(MEMBERS)
  ModelAndView invite(Viewer viewer, Accounts.Wish wish, HttpServletRequest request) {
    try {
      Merchant shop = viewer.requireShop(wish.merchantId());
      Account invited = accounts.invite(viewer.actor(), viewer.account(), wish);
      links.invite(invited, shop.name(), viewer.account());
      return new ModelAndView(Frame.back(MEMBERS, "invited"));
    } catch (Failed failed) {
      return Said.problem(list(viewer).addObject("wish", wish), failed, request);
    }
  }

  @Needs(Action.ACCOUNTS_WRITE)
  @PostMapping(MEMBERS + "/invite-again")
  String inviteAgain(Viewer viewer, @RequestParam String email) {
    Account account = accounts.within(viewer.account(), email);
    links.invite(account, viewer.requireShop(account.merchantId()).name(), viewer.account());
    return Frame.back(MEMBERS, "invited");
  }

  @Needs(Action.ACCOUNTS_WRITE)
  @PostMapping(MEMBERS + "/change")
  ModelAndView change(
      Viewer viewer,
      @RequestParam String email,
      @RequestParam Role role,
      @RequestParam(defaultValue = "false") boolean exports,
      HttpServletRequest request) {
    try {
      accounts.change(viewer.actor(), viewer.account(), email, role, exports);
      return new ModelAndView(Frame.back(MEMBERS, "changed"));
    } catch (Failed failed) {
      return Said.problem(list(viewer), failed, request);
    }
  }

  @Needs(Action.ACCOUNTS_WRITE)
  @PostMapping(MEMBERS + "/end")
  ModelAndView end(Viewer viewer, @RequestParam String email, HttpServletRequest request) {
    try {
      accounts.end(viewer.actor(), viewer.account(), email);
      return new ModelAndView(Frame.back(MEMBERS, "ended"));
    } catch (Failed failed) {
      return Said.problem(list(viewer), failed, request);
    }
  }
}
