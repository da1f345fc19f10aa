package dev.naru.console.integration;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Settings;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** What a shop is called by pages and servers, and the keys of its servers. */
@ConsolePage
class IdentifiersPage {

  static final String INTEGRATION = "/console/integration";
  private final ApiKeys keys;
  private final FileKeeping files;
  private final Settings settings;

  IdentifiersPage(ApiKeys keys, FileKeeping files, Settings settings) {
    this.keys = keys;
    this.files = files;
    this.settings = settings;
  }

  @Needs(Action.INTEGRATION_READ)
  @GetMapping(INTEGRATION)
  ModelAndView show(Viewer viewer) {
    long merchantId = viewer.shop().id();
    return Styled.page("console/integration", "integration")
        .addObject("base", settings.baseUrl().toString())
        .addObject(
            "keys",
            keys.of(merchantId).stream()
                .sorted(Comparator.comparing(key -> !key.isOpen()))
                .toList())
        .addObject(
            "kept",
            files.of(merchantId).stream()
                .filter(one -> one.name().kind() == Kept.Kind.KEY)
                .collect(Collectors.toMap(one -> one.name().id(), Function.identity())));
  }
}
