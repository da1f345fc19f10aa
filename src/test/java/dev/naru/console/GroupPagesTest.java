package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Role;
import dev.naru.connector.Pg;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.ChannelGroup.Member;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Audit;
import dev.naru.merchant.audit.AuditQuery;
import dev.naru.merchant.audit.Audited;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import dev.naru.merchant.setup.ChannelDraft;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Smart routing in the console. */
@OwnOrders
class GroupPagesTest {

  private static final String GROUPS = "/console/groups";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final ChannelGroups groups = hub.bean(ChannelGroups.class);
  private final Merchant shop = people.shop();
  private final ConsoleVisitor dev = people.visitor(people.of(shop, Role.DEV));

  private String channel(String mid) {
    ChannelSetup setup = hub.bean(ChannelSetup.class);
    Map<String, String> fields = new HashMap<>();
    setup
        .form("tosspayments", Pg.Mode.SANDBOX)
        .fields()
        .forEach(field -> fields.put(field.name(), String.valueOf(field.sample())));
    fields.put("mid", mid);
    return setup
        .add(
            Actor.HUB,
            shop.id(),
            new ChannelDraft("tosspayments", Pg.Mode.SANDBOX, mid, null, fields, false))
        .key();
  }

  private List<Audited> audited(Act act) {
    return hub.bean(Audit.class).list(AuditQuery.of(List.of(shop.id())).acts(Set.of(act)));
  }

  private static Map<String, String> form(String name, Map<String, String> percents) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("name", name);
    percents.forEach(
        (key, percent) -> {
          all.put("percent." + key, percent);
          all.put("on." + key, "true");
        });
    return all;
  }

  private ChannelGroup only() {
    assertThat(groups.of(shop.id())).hasSize(1);
    return groups.of(shop.id()).getFirst();
  }

  @Test
  void aGroupIsMadeChangedPlannedAndDeleted() {
    assertThat(dev.get(GROUPS).body()).contains("먼저 채널을 추가");
    String one = channel("one");
    String two = channel("two");
    assertThat(dev.get(GROUPS).body()).contains("라우팅 그룹이 없습니다", GROUPS + "/new");
    HttpResponse<String> made =
        dev.post(GROUPS + "/new", GROUPS, form("<b>카드</b>", Map.of(one, "70", two, "30")));
    assertThat(made.statusCode()).isEqualTo(302);
    String id = only().id();
    assertThat(id).startsWith("channel-group-test-");
    assertThat(dev.get(GROUPS).body()).contains(id, "&lt;b&gt;카드", "70%").doesNotContain("<b>카드");
    String path = GROUPS + "/" + id;
    assertThat(dev.post(path, path, form("카드", Map.of(one, "100", two, " "))).statusCode())
        .isEqualTo(302);
    assertThat(only().members()).containsExactly(new Member(one, 100, true));

    LocalDate tomorrow =
        LocalDate.ofInstant(hub.bean(HubClock.class).instant(), HubClock.SEOUL).plusDays(1);
    Map<String, String> plan = form("", Map.of(one, "50", two, "50"));
    plan.put("day", tomorrow.toString());
    plan.put("hour", "9");
    assertThat(dev.post(path + "/plan", path + "/plan", plan).statusCode()).isEqualTo(302);
    assertThat(Objects.requireNonNull(only().planned()).at())
        .isEqualTo(tomorrow.atTime(9, 0).atZone(HubClock.SEOUL).toInstant());
    assertThat(dev.get(path).body()).contains(tomorrow + " 09:00에 변경 예정");
    dev.post(path, path, form("카드 둘", Map.of(one, "100")));
    assertThat(only().planned()).as("stays").isNotNull();
    assertThat(dev.postOnly(path + "/plan/drop", Map.of()).statusCode()).isEqualTo(302);
    assertThat(only().planned()).isNull();

    assertThat(dev.get(path + "/delete").body()).contains("되돌릴 수 없습니다");
    assertThat(dev.postOnly(path + "/delete", Map.of()).statusCode()).isEqualTo(302);
    assertThat(groups.of(shop.id())).isEmpty();
    assertThat(audited(Act.GROUP_DELETED)).hasSize(1);
    assertThat(dev.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsSaidAndKept() {
    String one = channel("one");
    for (Map<String, String> wrong :
        List.of(
            form("카드", Map.of(one, "99")),
            form("카드", Map.of(one, "-1")),
            form("카드", Map.of(one, "많이")),
            form("카드", Map.of()),
            form(" ", Map.of(one, "100")),
            form("x".repeat(101), Map.of(one, "100")))) {
      HttpResponse<String> answer = dev.post(GROUPS + "/new", GROUPS, wrong);
      assertThat(answer.statusCode()).as(wrong.toString()).isEqualTo(422);
      assertThat(answer.body()).contains("role=\"alert\"");
    }
    assertThat(dev.post(GROUPS + "/new", GROUPS, form("카드", Map.of(one, "99"))).body())
        .contains("합계는 100", "value=\"99\"", "value=\"카드\"");
    assertThat(groups.of(shop.id())).isEmpty();
    ChannelGroup group =
        groups.create(Actor.HUB, shop.id(), "카드", List.of(new Member(one, 100, true)));
    String plan = GROUPS + "/" + group.id() + "/plan";
    Map<String, String> past = form("", Map.of(one, "100"));
    past.put("day", "2001-01-01");
    past.put("hour", "9");
    assertThat(dev.post(plan, plan, past).body()).contains("현재 시각 이후", "value=\"2001-01-01\"");
    past.put("hour", "25");
    assertThat(dev.post(plan, plan, past).body()).contains("정시");
    past.put("day", "언젠가");
    assertThat(dev.post(plan, plan, past).statusCode()).isEqualTo(422);
    assertThat(only().planned()).isNull();
  }

  @Test
  void whoMayNotWriteReadsAndFilesKeepTheirs() {
    String one = channel("one");
    ChannelGroup group =
        groups.create(Actor.HUB, shop.id(), "카드", List.of(new Member(one, 100, true)));
    String path = GROUPS + "/" + group.id();
    ConsoleVisitor manager = people.visitor(people.of(shop, Role.MANAGER));
    assertThat(manager.get(path).body()).contains(group.id()).doesNotContain("/delete", "/plan\"");
    assertThat(manager.postOnly(path + "/delete", Map.of()).statusCode()).isEqualTo(403);
    assertThat(people.visitor(people.of(people.shop(), Role.OWNER)).get(path).statusCode())
        .isEqualTo(404);
    hub.bean(FileKeeping.class)
        .keep(
            new Kept(new Kept.Name(shop.id(), Kept.Kind.GROUP, group.id()), "shops.yaml", 3, "f"));
    assertThat(dev.get(path).body()).contains("3번째 줄").doesNotContain("/delete");
    assertThat(dev.post(path, path, form("다른 이름", Map.of(one, "100"))).statusCode()).isEqualTo(409);
    assertThat(dev.postOnly(path + "/delete", Map.of()).statusCode()).isEqualTo(409);
    assertThat(only().name()).isEqualTo("카드");
  }
}
