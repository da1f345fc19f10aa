package dev.naru.console.integration;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.merchant.door.AllowLists;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** From where the API may be called. Nobody is shut out without having been told. */
@ConsolePage
class AllowListPage {

  private static final String ADDRESSES = IdentifiersPage.INTEGRATION + "/addresses";

  private final AllowLists lists;
  private final FileKeeping files;

  AllowListPage(AllowLists lists, FileKeeping files) {
    this.lists = lists;
    this.files = files;
  }

  @Needs(Action.INTEGRATION_READ)
  @GetMapping(ADDRESSES)
  ModelAndView show(Viewer viewer) {
    return page(viewer, String.join("\n", lists.of(viewer.shop().id())));
  }

  private ModelAndView page(Viewer viewer, String blocks) {
    long merchantId = viewer.shop().id();
    Kept kept = files.find(new Kept.Name(merchantId, Kept.Kind.ALLOW_LIST, "")).orElse(null);
    return Styled.page("console/addresses", "integration")
        .addObject("blocks", blocks)
        .addObject("limited", !lists.of(merchantId).isEmpty())
        .addObject("own", viewer.address())
        .addObject("kept", kept);
  }

  /**
   * @param blocks one in a line
   * @param sure whether it is known that whoever saves this is outside of it
   */
  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(ADDRESSES)
  ModelAndView save(
      Viewer viewer,
      @RequestParam(defaultValue = "") String blocks,
      @RequestParam(defaultValue = "false") boolean sure,
      HttpServletRequest request) {
    List<String> all =
        Arrays.stream(blocks.split("[\\s,]+")).filter(one -> !one.isEmpty()).toList();
    List<String> wrong = all.stream().filter(one -> !AllowLists.takes(one)).toList();
    if (wrong.isEmpty() && !sure && !AllowLists.allows(all, viewer.address())) {
      return page(viewer, String.join("\n", all)).addObject("outside", true);
    }
    try {
      lists.update(viewer.actor(), viewer.shop().id(), all);
      return new ModelAndView(Frame.back(ADDRESSES, "addresses-saved"));
    } catch (Failed failed) {
      return Said.problem(
          page(viewer, blocks).addObject("wrong", String.join(", ", wrong)), failed, request);
    }
  }
}
