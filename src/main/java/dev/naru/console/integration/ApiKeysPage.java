package dev.naru.console.integration;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** REST API keys: a secret is shown by the answer that makes it, and by nothing else. */
@ConsolePage
class ApiKeysPage {

  private static final String KEYS = IdentifiersPage.INTEGRATION + "/keys";
  private static final String KEY = KEYS + "/{key}";

  private final ApiKeys keys;

  ApiKeysPage(ApiKeys keys) {
    this.keys = keys;
  }

  @Needs(value = Action.SECRETS_SEE, fresh = true)
  @GetMapping(KEYS + "/new")
  ModelAndView begin() {
    return page("console/key-new").addObject("label", "");
  }

  @Needs(value = Action.SECRETS_SEE, fresh = true)
  @PostMapping(KEYS)
  ModelAndView issue(
      Viewer viewer, @RequestParam(defaultValue = "") String label, HttpServletRequest request) {
    try {
      return told(keys.issue(viewer.actor(), viewer.shop().id(), label), false);
    } catch (Failed failed) {
      return Said.problem(begin().addObject("label", label), failed, request);
    }
  }

  @Needs(value = Action.SECRETS_SEE, fresh = true)
  @GetMapping(KEY + "/reissue")
  ModelAndView askReissue(Viewer viewer, @PathVariable String key) {
    return ask(viewer, key, true);
  }

  @Needs(value = Action.SECRETS_SEE, fresh = true)
  @PostMapping(KEY + "/reissue")
  ModelAndView reissue(Viewer viewer, @PathVariable String key) {
    return told(keys.reissue(viewer.actor(), viewer.shop().id(), key), true);
  }

  @Needs(Action.INTEGRATION_WRITE)
  @GetMapping(KEY + "/end")
  ModelAndView askEnd(Viewer viewer, @PathVariable String key) {
    return ask(viewer, key, false);
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(KEY + "/end")
  String end(Viewer viewer, @PathVariable String key) {
    keys.end(viewer.actor(), viewer.shop().id(), key);
    return Frame.back(IdentifiersPage.INTEGRATION, "key-ended");
  }

  private ModelAndView ask(Viewer viewer, String impKey, boolean reissue) {
    ApiKeys.Shown shown =
        keys.of(viewer.shop().id()).stream()
            .filter(one -> one.impKey().equals(impKey) && one.isOpen())
            .findFirst()
            .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_KEY));
    return page("console/key-ask").addObject("key", shown).addObject("reissue", reissue);
  }

  private static ModelAndView told(ApiKeys.Issued issued, boolean again) {
    return page("console/key-secret")
        .addObject("impKey", issued.impKey())
        .addObject("secret", issued.secret().reveal())
        .addObject("again", again);
  }

  private static ModelAndView page(String view) {
    return Styled.page(view, "integration");
  }
}
