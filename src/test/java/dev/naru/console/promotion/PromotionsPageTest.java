package dev.naru.console.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Role;
import dev.naru.api.Shop;
import dev.naru.console.part.Figures;
import dev.naru.kernel.HubClock;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Promotions;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promotions at the console: made once, changed as their state permits, taken away as files. */
@OwnOrders
class PromotionsPageTest {

  private static final String PATH = "/console/promotions";

  /** Whose card {@link Api#GOOD_CARD} is. */
  private static final String CARD = "365";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Promotions promotions = hub.bean(Promotions.class);
  private final Shop shop = Shop.fresh();
  private final ConsoleVisitor owner = visitor(shop, Role.OWNER);

  private ConsoleVisitor visitor(Shop of, Role role) {
    return people.visitor(people.of(of.merchant(), role));
  }

  private String day(int days) {
    Instant at = hub.bean(HubClock.class).instant().plus(Duration.ofDays(days));
    return new Figures(true).input(at);
  }

  private Map<String, String> plan(int starts, int ends) {
    Map<String, String> plan = new LinkedHashMap<>();
    plan.put("of", Long.toString(shop.merchant().id()));
    plan.put("name", "=가을 할인");
    plan.put("card", CARD);
    plan.put("starts", day(starts));
    plan.put("ends", day(ends));
    plan.put("budget", "1,000,000");
    plan.put("restores", "true");
    plan.put("kind", "RATE");
    plan.put("minimum", "5,000");
    plan.put("off", "7.5");
    plan.put("cap", "3,000");
    return plan;
  }

  private String made(Map<String, String> plan) {
    HttpResponse<String> answer = owner.post(PATH + "/new", PATH, plan);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return URI.create(answer.headers().firstValue("location").orElse(""))
        .getPath()
        .substring(PATH.length() + 1);
  }

  private HttpResponse<String> act(ConsoleVisitor by, String id, String what) {
    return by.post("/console/account", PATH + "/" + id + "/" + what, Map.of());
  }

  private Promotion stored(String id) {
    return promotions.get(shop.merchant().id(), id);
  }

  @Test
  void onePromotionIsMadeHoweverOftenItsFormIsSent() {
    Matcher once =
        Pattern.compile("name=\"once\" value=\"([^\"]+)\"")
            .matcher(owner.get(PATH + "/new").body());
    assertThat(once.find()).isTrue();
    Map<String, String> plan = plan(1, 2);
    plan.put("once", once.group(1));
    String id = made(plan);
    assertThat(made(plan)).isEqualTo(id);
    assertThat(promotions.list(shop.merchant().id())).hasSize(1);
    assertThat(stored(id).plan().terms().off(100_000)).isEqualTo(3_000);
    assertThat(stored(id).plan().terms().off(10_000)).isEqualTo(750);
    assertThat(owner.get(PATH).body()).contains("=가을 할인", "삼성카드", "5,000원", "7.5%");
    assertThat(owner.get(PATH + "?state=planned").body()).contains(id);
    assertThat(owner.get(PATH + "?state=ended").body()).doesNotContain(id);
    assertThat(owner.get(PATH + "?state=%00&page=x").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "name, ''",
    "card, 999",
    "starts, soon",
    "ends, 2001-01-01T00:00",
    "budget, much",
    "budget, -1",
    "minimum, ''",
    "off, 100",
    "off, 0",
    "off, 7.555",
    "off, x"
  })
  void whatCannotBeIsRefusedWithTheFormAsItWas(String field, String value) {
    Map<String, String> plan = plan(1, 2);
    plan.put(field, value);
    HttpResponse<String> answer = owner.post(PATH + "/new", PATH, plan);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("role=\"alert\"", "value=\"3,000\"");
    assertThat(promotions.list(shop.merchant().id())).isEmpty();
  }

  @Test
  void whatMayBeChangedFollowsFromItsState() {
    String planned = made(plan(1, 2));
    Map<String, String> all = plan(1, 3);
    all.put("budget", "2,000,000");
    assertThat(edit(planned, all).statusCode()).isEqualTo(302);
    assertThat(stored(planned).plan().budget()).isEqualTo(2_000_000);

    String active = made(plan(0, 2));
    String form = owner.get(PATH + "/" + active + "/edit").body();
    assertThat(form)
        .contains("id=\"name\"", "id=\"ends\"")
        .doesNotContain("id=\"budget\"", "id=\"card\"", "name=\"minimum\"");
    Map<String, String> later = plan(0, 5);
    later.put("name", "겨울 할인");
    later.put("budget", "9,000,000");
    later.put("starts", new Figures(true).input(stored(active).plan().startsAt()));
    assertThat(edit(active, later).statusCode()).isEqualTo(302);
    assertThat(stored(active).plan().name()).isEqualTo("겨울 할인");
    assertThat(stored(active).plan().budget()).isEqualTo(1_000_000);
    later.put("ends", "2001-01-01T00:00");
    HttpResponse<String> refused = edit(active, later);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("role=\"alert\"");
  }

  private HttpResponse<String> edit(String id, Map<String, String> plan) {
    return owner.post(PATH + "/" + id + "/edit", PATH + "/" + id + "/edit", plan);
  }

  @Test
  void oneIsPausedResumedAndEndedOnce() {
    String id = made(plan(0, 2));
    assertThat(act(owner, id, "pause").statusCode()).isEqualTo(302);
    assertThat(act(owner, id, "pause").statusCode()).isEqualTo(409);
    assertThat(owner.get(PATH + "/" + id).body()).contains("/resume\"").doesNotContain("/pause\"");
    assertThat(act(owner, id, "resume").statusCode()).isEqualTo(302);
    assertThat(act(owner, id, "end").statusCode()).isEqualTo(302);
    HttpResponse<String> twice = act(owner, id, "end");
    assertThat(twice.statusCode()).isEqualTo(409);
    assertThat(twice.body()).contains("role=\"alert\"");
    assertThat(owner.get(PATH + "/" + id).body()).doesNotContain("/end\"", "/edit\"");
  }

  @Test
  void itsPaymentsAreTakenAwayAsAFileWithoutFormulas() {
    String id = made(plan(0, 2));
    Map<String, Object> order = Api.keyIn(Api.newOrder(), Shop.TOSS, Api.GOOD_CARD);
    order.put("promotion_id", id);
    order.put("name", "=HYPERLINK(\"x\")");
    assertThat(shop.api().post("/subscribe/payments/onetime", order).code()).isZero();
    String file = file(owner, PATH + "/" + id + "/file").body();
    assertThat(file)
        .contains(String.valueOf(order.get("merchant_uid")), id, ",750,9250,750")
        .contains("'=HYPERLINK")
        .doesNotContain(",=HYPERLINK", ",\"=HYPERLINK");
    assertThat(file.lines().count()).isEqualTo(2);
    assertThat(file(owner, PATH + "/file").body()).contains(id, "'=가을 할인", "5000: 7.5%");
    assertThat(owner.get(PATH + "/" + id).body()).contains("750원", "999,250원");
    HttpResponse<String> book =
        owner.post("/console/account", PATH + "/" + id + "/file", Map.of("format", "XLSX"));
    assertThat(book.headers().firstValue("content-type").orElse("")).contains("spreadsheetml");
    assertThat(file(owner, PATH + "/nobody/file").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> file(ConsoleVisitor by, String path) {
    return by.post("/console/account", path, Map.of("format", "CSV"));
  }

  @Test
  void nobodyElseSeesOrChangesIt() {
    String id = made(plan(0, 2));
    ConsoleVisitor reader = visitor(shop, Role.READ_ONLY);
    assertThat(reader.get(PATH + "/" + id).body()).contains(id).doesNotContain("/end\"", "/file\"");
    assertThat(act(reader, id, "end").statusCode()).isEqualTo(403);
    assertThat(file(reader, PATH + "/" + id + "/file").statusCode()).isEqualTo(403);
    Shop branch = shop.tier("AAA");
    for (ConsoleVisitor other :
        List.of(visitor(Shop.fresh(), Role.OWNER), visitor(branch, Role.SUB_MANAGER))) {
      assertThat(other.get(PATH).body()).doesNotContain(id);
      assertThat(other.get(PATH + "/" + id).statusCode()).isEqualTo(404);
      assertThat(other.get(PATH + "/" + id + "/edit").statusCode()).isEqualTo(404);
      assertThat(act(other, id, "end").statusCode()).isEqualTo(404);
      assertThat(file(other, PATH + "/" + id + "/file").statusCode()).isEqualTo(404);
      assertThat(other.post(PATH, PATH, plan(0, 2)).statusCode()).isEqualTo(404);
    }
    assertThat(stored(id).endedAt()).isNull();
  }
}
