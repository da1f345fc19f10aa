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
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What becomes of a group: its change at a full hour, and its end. */
@ConsolePage
class GroupChangePage {

  private static final String GROUP = GroupsPage.GROUPS + "/{id}";

  private final ChannelGroups groups;
  private final ChannelCards cards;
  private final HubClock clock;

  GroupChangePage(ChannelGroups groups, ChannelCards cards, HubClock clock) {
    this.groups = groups;
    this.cards = cards;
    this.clock = clock;
  }

  @Needs(Action.INTEGRATION_WRITE)
  @GetMapping(GROUP + "/plan")
  ModelAndView begin(Viewer viewer, @PathVariable String id) {
    ChannelGroup group = get(viewer, id);
    ChannelGroup.Planned planned = group.planned();
    ZonedDateTime at = (planned == null ? nextHour() : planned.at()).atZone(HubClock.SEOUL);
    return page(
        group,
        GroupForm.rows(cards.of(viewer), planned == null ? group.members() : planned.members()),
        at.toLocalDate().toString(),
        Integer.toString(at.getHour()));
  }

  private Instant nextHour() {
    return clock.instant().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(GROUP + "/plan")
  ModelAndView plan(
      Viewer viewer,
      @PathVariable String id,
      @RequestParam Map<String, String> all,
      HttpServletRequest request) {
    ChannelGroup group = get(viewer, id);
    List<GroupForm.Row> rows = GroupForm.rows(cards.of(viewer), all);
    String day = all.getOrDefault("day", "");
    String hour = all.getOrDefault("hour", "");
    try {
      set(viewer, group, new ChannelGroup.Planned(at(day, hour), GroupForm.members(rows)));
      return new ModelAndView(Frame.back(GroupsPage.GROUPS + "/" + id, "group-planned"));
    } catch (Failed failed) {
      return Said.problem(page(group, rows, day, hour), failed, request);
    }
  }

  private static Instant at(String day, String hour) {
    try {
      LocalTime time = LocalTime.of(Integer.parseInt(hour.strip()), 0);
      return LocalDateTime.of(LocalDate.parse(day.strip()), time)
          .atZone(HubClock.SEOUL)
          .toInstant();
    } catch (DateTimeException | NumberFormatException noTime) {
      throw Failed.invalid(Refusal.GROUP_NOT_ON_THE_HOUR);
    }
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(GROUP + "/plan/drop")
  String drop(Viewer viewer, @PathVariable String id) {
    set(viewer, get(viewer, id), null);
    return Frame.back(GroupsPage.GROUPS + "/" + id, "group-unplanned");
  }

  private void set(Viewer viewer, ChannelGroup group, ChannelGroup.@Nullable Planned planned) {
    groups.edit(
        viewer.actor(),
        viewer.shop().id(),
        new ChannelGroup(group.id(), group.name(), group.members(), planned));
  }

  @Needs(Action.INTEGRATION_WRITE)
  @GetMapping(GROUP + "/delete")
  ModelAndView ask(Viewer viewer, @PathVariable String id) {
    return Styled.page("console/group-delete", "integration").addObject("group", get(viewer, id));
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(GROUP + "/delete")
  String delete(Viewer viewer, @PathVariable String id) {
    get(viewer, id);
    groups.delete(viewer.actor(), viewer.shop().id(), id);
    return Frame.back(GroupsPage.GROUPS, "group-deleted");
  }

  private ChannelGroup get(Viewer viewer, String id) {
    return groups
        .find(viewer.shop().id(), id)
        .map(group -> group.at(clock.instant()))
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_GROUP));
  }

  private static ModelAndView page(
      ChannelGroup group, List<GroupForm.Row> rows, String day, String hour) {
    return Styled.page("console/group-plan", "integration")
        .addObject("scripts", List.of("/assets/console/groups.js"))
        .addObject("group", group)
        .addObject("rows", rows)
        .addObject("day", day)
        .addObject("hour", hour);
  }
}
