package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Audit;
import dev.naru.merchant.audit.AuditQuery;
import dev.naru.merchant.audit.Audited;
import dev.naru.merchant.door.AllowLists;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Identifiers, API keys and allowed addresses in the console. */
@OwnOrders
class IdentifierPagesTest {

  private static final String PAGE = "/console/integration";
  private static final String KEYS = PAGE + "/keys";
  private static final String ADDRESSES = PAGE + "/addresses";
  private static final Pattern SECRET = Pattern.compile("id=\"secret\">([0-9A-Za-z]{80})<");

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final ApiKeys keys = hub.bean(ApiKeys.class);
  private final AllowLists lists = hub.bean(AllowLists.class);
  private final Merchant shop = people.shop();
  private final Account account = people.of(shop, Role.DEV);
  private final ConsoleVisitor dev = people.visitor(account);

  private List<Audited> audited(Act act) {
    return hub.bean(Audit.class).list(AuditQuery.of(List.of(shop.id())).acts(Set.of(act)));
  }

  private static String secret(HttpResponse<String> page) {
    Matcher found = SECRET.matcher(page.body());
    assertThat(found.find()).as(page.body()).isTrue();
    return found.group(1);
  }

  private boolean works(String impKey, String secret) {
    Api api = new Api(hub.url(), impKey, secret);
    String body = "imp_key=" + impKey + "&imp_secret=" + secret;
    return api.bare(
                HttpRequest.newBuilder(api.at("/users/getToken"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(body)))
            .code()
        == 0;
  }

  @Test
  void aSecretIsShownOnceAndReplacedAtOnce() {
    assertThat(dev.get(PAGE).body()).contains(shop.userCode(), "발급한 API 키가 없습니다");
    HttpResponse<String> issued = dev.post(KEYS + "/new", KEYS, Map.of("label", "<u>주문</u>"));
    assertThat(issued.statusCode()).isEqualTo(200);
    assertThat(issued.headers().firstValue("cache-control").orElse("")).contains("no-store");
    String first = secret(issued);
    String impKey = keys.of(shop.id()).getFirst().impKey();
    assertThat(works(impKey, first)).isTrue();
    assertThat(dev.get(PAGE).body()).contains(impKey, "&lt;u&gt;주문").doesNotContain(first, "<u>주문");
    assertThat(dev.get(KEYS + "/" + impKey + "/reissue").body())
        .contains("즉시 무효", impKey)
        .doesNotContain(first);
    String second = secret(dev.postOnly(KEYS + "/" + impKey + "/reissue", Map.of()));
    assertThat(second).isNotEqualTo(first);
    assertThat(works(impKey, first)).isFalse();
    assertThat(works(impKey, second)).isTrue();
    assertThat(audited(Act.KEY_REISSUED))
        .singleElement()
        .satisfies(row -> assertThat(row.toString()).doesNotContain(first, second));

    assertThat(dev.get(KEYS + "/" + impKey + "/end").body()).contains("되돌릴 수 없고");
    assertThat(dev.postOnly(KEYS + "/" + impKey + "/end", Map.of()).statusCode()).isEqualTo(302);
    assertThat(works(impKey, second)).isFalse();
    assertThat(dev.get(KEYS + "/" + impKey + "/reissue").statusCode()).isEqualTo(404);
    assertThat(dev.get(PAGE).body()).contains("폐기됨");
    assertThat(audited(Act.KEY_ENDED)).hasSize(1);
  }

  @Test
  void aLabelThatIsTooLongIsRefusedAndKept() {
    String label = "가".repeat(101);
    HttpResponse<String> answer = dev.post(KEYS + "/new", KEYS, Map.of("label", label));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains(label, "100자");
    assertThat(keys.of(shop.id())).isEmpty();
  }

  @Test
  void whoWasNotProvedLatelyIsAskedFirst() {
    String impKey = keys.issue(Actor.HUB, shop.id(), "").impKey();
    hub.bean(JdbcClient.class)
        .sql(
            """
            update console_session set proved_at = proved_at - interval '11 minutes'
            where email = :email
            """)
        .param("email", account.email())
        .update();
    for (String path : List.of(KEYS + "/new", KEYS + "/" + impKey + "/reissue")) {
      HttpResponse<String> answer = dev.get(path);
      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(answer.headers().firstValue("location").orElse("")).startsWith("/console/prove");
    }
    dev.post(PAGE, KEYS, Map.of("label", "x"));
    assertThat(keys.of(shop.id())).hasSize(1);
  }

  @Test
  void whoMayNotWriteReadsAndForeignKeysAreNotThere() {
    String impKey = keys.issue(Actor.HUB, shop.id(), "").impKey();
    ConsoleVisitor manager = people.visitor(people.of(shop, Role.MANAGER));
    assertThat(manager.get(PAGE).body()).contains(impKey).doesNotContain("/reissue", "/keys/new");
    assertThat(manager.postOnly(KEYS + "/" + impKey + "/end", Map.of()).statusCode())
        .isEqualTo(403);
    assertThat(manager.postOnly(ADDRESSES, Map.of("blocks", "1.1.1.1")).statusCode())
        .isEqualTo(403);
    ConsoleVisitor stranger = people.visitor(people.of(people.shop(), Role.OWNER));
    assertThat(stranger.get(KEYS + "/" + impKey + "/reissue").statusCode()).isEqualTo(404);
    assertThat(stranger.post(PAGE, KEYS + "/" + impKey + "/reissue", Map.of()).statusCode())
        .isEqualTo(404);
    Merchant sub = hub.bean(Tiers.class).create(Actor.HUB, shop, "ABC", "강남점");
    assertThat(people.visitor(people.of(sub, Role.SUB_READ_ONLY)).get(PAGE).body())
        .contains("ABC", "Tier 헤더")
        .doesNotContain(impKey);
    assertThat(dev.get(PAGE).body()).contains("하위 상점의 Tier 코드", "강남점");
  }

  @Test
  void whatAFileKeepsIsNotChanged() {
    String impKey = keys.issue(Actor.HUB, shop.id(), "").impKey();
    FileKeeping files = hub.bean(FileKeeping.class);
    files.keep(new Kept(new Kept.Name(shop.id(), Kept.Kind.KEY, impKey), "shops.yaml", 7, "f"));
    files.keep(new Kept(new Kept.Name(shop.id(), Kept.Kind.ALLOW_LIST, ""), "shops.yaml", 9, "f"));
    assertThat(dev.get(PAGE).body()).contains("shops.yaml 7번째 줄").doesNotContain("/reissue");
    assertThat(dev.postOnly(KEYS + "/" + impKey + "/reissue", Map.of()).statusCode())
        .isEqualTo(409);
    assertThat(dev.get(ADDRESSES).body()).contains("9번째 줄").doesNotContain("<textarea");
    assertThat(dev.postOnly(ADDRESSES, Map.of("blocks", "")).statusCode()).isNotEqualTo(500);
    HttpResponse<String> answer =
        dev.postOnly(ADDRESSES, Map.of("blocks", "127.0.0.1", "sure", "true"));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(lists.of(shop.id())).isEmpty();
  }

  @Test
  void nobodyIsShutOutUnasked() {
    assertThat(dev.get(ADDRESSES).body()).contains("모든 주소 허용", "127.0.0.1");
    HttpResponse<String> asked = dev.postOnly(ADDRESSES, Map.of("blocks", "203.0.113.0/24"));
    assertThat(asked.body()).contains("목록에 없습니다", "203.0.113.0/24");
    assertThat(lists.of(shop.id())).isEmpty();
    assertThat(
            dev.postOnly(ADDRESSES, Map.of("blocks", "203.0.113.0/24", "sure", "true"))
                .statusCode())
        .isEqualTo(302);
    assertThat(lists.of(shop.id())).containsExactly("203.0.113.0/24");
    assertThat(dev.postOnly(ADDRESSES, Map.of("blocks", "127.0.0.0/8\r\n 1.1.1.1")).statusCode())
        .as("inside of it")
        .isEqualTo(302);
    assertThat(lists.of(shop.id())).containsExactly("127.0.0.0/8", "1.1.1.1");
    assertThat(audited(Act.ALLOW_LIST_SET)).hasSize(2);
    assertThat(Objects.requireNonNull(audited(Act.ALLOW_LIST_SET).getFirst().before()))
        .contains("203.0.113.0/24");
  }

  @Test
  void whatIsNoAddressIsNamedAndNothingIsSaved() {
    HttpResponse<String> wrong =
        dev.post(ADDRESSES, ADDRESSES, Map.of("blocks", "127.0.0.1\n<b>x</b>\n1.1.1.300"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("CIDR 형식", "&lt;b&gt;x&lt;/b&gt;", "1.1.1.300")
        .doesNotContain("<b>x");
    StringBuilder many = new StringBuilder();
    for (int n = 0; n < 201; n++) {
      many.append("127.0.").append(n).append(".0/24\n");
    }
    HttpResponse<String> tooMany = dev.postOnly(ADDRESSES, Map.of("blocks", many + "127.0.0.1"));
    assertThat(tooMany.body()).contains("200개");
    assertThat(lists.of(shop.id())).isEmpty();
  }
}
