package dev.naru.console.channel;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.Refusal;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Groups of channels that share a shop's payments by weight. */
@ConsolePage
class GroupsPage {

  static final String GROUPS = "/console/groups";

  private final ChannelGroups groups;
  private final ChannelCards cards;
  private final FileKeeping files;
  private final HubClock clock;

  GroupsPage(ChannelGroups groups, ChannelCards cards, FileKeeping files, HubClock clock) {
    this.clock = clock;
    this.groups = groups;
    this.cards = cards;
    this.files = files;
  }

  @Needs(Action.INTEGRATION_READ)
  @GetMapping(GROUPS)
  ModelAndView list(Viewer viewer) {
    List<ChannelCard> all = cards.of(viewer);
    return Styled.page("console/groups", "integration")
        .addObject(
            "groups",
            groups.of(viewer.shop().id()).stream().map(one -> one.at(clock.instant())).toList())
        .addObject("channels", all.size())
        .addObject(
            "byKey",
            all.stream()
                .collect(Collectors.toMap(card -> card.channel().key(), Function.identity())))
        .addObject(
            "kept",
            files.of(viewer.shop().id()).stream()
                .filter(one -> one.name().kind() == Kept.Kind.GROUP)
                .collect(Collectors.toMap(one -> one.name().id(), Function.identity())));
  }

  @Needs(Action.INTEGRATION_WRITE)
  @GetMapping(GROUPS + "/new")
  ModelAndView begin(Viewer viewer) {
    return page(null, "", GroupForm.rows(cards.of(viewer), List.of()));
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(GROUPS)
  ModelAndView add(
      Viewer viewer, @RequestParam Map<String, String> all, HttpServletRequest request) {
    List<GroupForm.Row> rows = GroupForm.rows(cards.of(viewer), all);
    String name = all.getOrDefault("name", "");
    try {
      ChannelGroup made =
          groups.create(viewer.actor(), viewer.shop().id(), name, GroupForm.members(rows));
      return new ModelAndView(Frame.back(GROUPS + "/" + made.id(), "group-added"));
    } catch (Failed failed) {
      return Said.problem(page(null, name, rows), failed, request);
    }
  }

  @Needs(Action.INTEGRATION_READ)
  @GetMapping(GROUPS + "/{id}")
  ModelAndView show(Viewer viewer, @PathVariable String id) {
    ChannelGroup group = get(viewer, id);
    return page(group, group.name(), GroupForm.rows(cards.of(viewer), group.members()))
        .addObject("kept", kept(viewer, id));
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(GROUPS + "/{id}")
  ModelAndView edit(
      Viewer viewer,
      @PathVariable String id,
      @RequestParam Map<String, String> all,
      HttpServletRequest request) {
    ChannelGroup group = get(viewer, id);
    List<GroupForm.Row> rows = GroupForm.rows(cards.of(viewer), all);
    String name = all.getOrDefault("name", "");
    try {
      groups.edit(
          viewer.actor(),
          viewer.shop().id(),
          new ChannelGroup(id, name, GroupForm.members(rows), group.planned()));
      return new ModelAndView(Frame.back(GROUPS + "/" + id, "group-saved"));
    } catch (Failed failed) {
      return Said.problem(page(group, name, rows), failed, request);
    }
  }

  private ChannelGroup get(Viewer viewer, String id) {
    return groups
        .find(viewer.shop().id(), id)
        .map(group -> group.at(clock.instant()))
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_GROUP));
  }

  private @Nullable Kept kept(Viewer viewer, String id) {
    return files.find(new Kept.Name(viewer.shop().id(), Kept.Kind.GROUP, id)).orElse(null);
  }

  private static ModelAndView page(
      @Nullable ChannelGroup group, String name, List<GroupForm.Row> rows) {
    return Styled.page("console/group", "integration")
        .addObject("scripts", List.of("/assets/console/groups.js"))
        .addObject("group", group)
        .addObject("name", name)
        .addObject("rows", rows);
  }
}
