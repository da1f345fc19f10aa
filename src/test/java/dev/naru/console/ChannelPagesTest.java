package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Role;
import dev.naru.connector.Pg;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Audit;
import dev.naru.merchant.audit.AuditQuery;
import dev.naru.merchant.audit.Audited;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import dev.naru.merchant.setup.ChannelDraft;
import dev.naru.merchant.setup.SetUp;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Channels in the console: added, changed, tested, switched off, handed over. */
@OwnOrders
class ChannelPagesTest {

  private static final String CHANNELS = "/console/channels";
  private static final String TOSS = "tosspayments";
  private static final String SECRET = "test_gsk_a_secret_that_no_page_may_show";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final ChannelSetup setup = hub.bean(ChannelSetup.class);
  private final Merchant shop = people.shop();
  private final ConsoleVisitor dev = people.visitor(people.of(shop, Role.DEV));

  private Map<String, String> samples() {
    Map<String, String> fields = new HashMap<>();
    setup
        .form(TOSS, Pg.Mode.SANDBOX)
        .fields()
        .forEach(field -> fields.put(field.name(), String.valueOf(field.sample())));
    return fields;
  }

  /** What the form for a new channel sends. */
  private Map<String, String> form(String name, Map<String, String> changes) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("pg", TOSS);
    all.put("mode", "SANDBOX");
    all.put("name", name);
    Map<String, String> fields = samples();
    fields.putAll(changes);
    fields.forEach((field, value) -> all.put("field." + field, value));
    return all;
  }

  private SetUp channel(Map<String, String> changes) {
    Map<String, String> fields = samples();
    fields.putAll(changes);
    return setup.add(
        Actor.HUB,
        shop.id(),
        new ChannelDraft(TOSS, Pg.Mode.SANDBOX, "본점 카드", null, fields, false));
  }

  private List<Audited> audited(Act act) {
    return hub.bean(Audit.class).list(AuditQuery.of(List.of(shop.id())).acts(Set.of(act)));
  }

  private static String path(SetUp channel) {
    return CHANNELS + "/" + channel.key();
  }

  @Test
  void aChannelIsAddedByItsFormAndPays() {
    assertThat(dev.get(CHANNELS).body()).contains("등록된 채널이 없습니다", CHANNELS + "/new");
    assertThat(dev.get(CHANNELS + "/new").body()).contains("토스페이먼츠", TOSS, "다날");
    String page = CHANNELS + "/new?pg=" + TOSS;
    assertThat(dev.get(page).body()).contains("클라이언트 키", "개발자센터", "테스트 값 채우기");
    assertThat(dev.get(page + "&sample=true").body())
        .contains(samples().get("mid"), samples().get("secretKey"));

    HttpResponse<String> saved = dev.post(page, CHANNELS, form("본점 카드", Map.of()));
    assertThat(saved.statusCode()).isEqualTo(302);
    SetUp made = setup.list(shop.id()).getFirst();
    assertThat(saved.headers().firstValue("location").orElse("")).contains(made.key());
    assertThat(dev.get(path(made) + "?done=channel-added").body())
        .contains("data-copy=\"" + made.key() + "\"", "채널을 추가했습니다")
        .doesNotContain(samples().get("secretKey"));
    assertThat(audited(Act.CHANNEL_ADDED)).hasSize(1);

    HttpResponse<String> tested = dev.postOnly(path(made) + "/test", Map.of());
    assertThat(tested.body()).contains("연결되었습니다").doesNotContain(samples().get("secretKey"));
    ApiKeys.Issued key = hub.bean(ApiKeys.class).issue(Actor.HUB, shop.id(), "");
    Api api = new Api(hub.url(), key.impKey(), key.secret().reveal());
    api.post("/subscribe/payments/onetime", Api.keyIn(Api.newOrder(), TOSS, Api.GOOD_CARD));
    assertThat(dev.get(CHANNELS).body()).contains("승인율 100%", "승인 1건", "기본 채널");
    api.post("/subscribe/payments/onetime", Api.keyIn(Api.newOrder(), TOSS, "4000000000000010"));
    assertThat(dev.get(path(made)).body()).contains("승인율 50%", "거절 1건", "최근 오류", "한도");
  }

  @Test
  void allThatIsWrongIsSaidAtItsFieldAndNothingIsSaved() {
    Map<String, String> wrong = Map.of("mid", "a".repeat(21), "clientKey", "", "secretKey", SECRET);
    HttpResponse<String> answer =
        dev.post(CHANNELS + "/new?pg=" + TOSS, CHANNELS, form("<b>본점</b>", wrong));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("저장되지 않았습니다", "20자", "a".repeat(21), "&lt;b&gt;본점&lt;/b&gt;")
        .doesNotContain(SECRET, "<b>본점");
    assertThat(dev.post(CHANNELS + "/new", CHANNELS, form(" ", Map.of())).body())
        .contains("채널 이름은 1~100자");
    assertThat(dev.post(CHANNELS + "/new", CHANNELS, form("x".repeat(101), Map.of())).statusCode())
        .isEqualTo(422);
    Map<String, String> strange = form("x", Map.of());
    strange.put("pg", "nobody");
    assertThat(dev.post(CHANNELS + "/new", CHANNELS, strange).statusCode()).isEqualTo(422);
    assertThat(setup.list(shop.id())).isEmpty();
    assertThat(audited(Act.CHANNEL_ADDED)).isEmpty();
  }

  @Test
  void aSecretThatIsLeftEmptyStaysAndIsNeverShown() {
    SetUp made = channel(Map.of("secretKey", SECRET));
    assertThat(dev.get(path(made)).body()).doesNotContain(SECRET).contains("변경할 때만");
    Map<String, String> edit = form("<i>카드</i>", Map.of("secretKey", ""));
    assertThat(dev.post(path(made), path(made), edit).statusCode()).isEqualTo(302);
    assertThat(dev.get(CHANNELS).body()).contains("&lt;i&gt;카드").doesNotContain("<i>카드", SECRET);
    assertThat(audited(Act.CHANNEL_EDITED))
        .singleElement()
        .satisfies(
            row -> assertThat(row.before() + row.after()).doesNotContain(SECRET).contains("<i>"));
    HttpResponse<String> otherMid =
        dev.post(path(made), path(made), form("카드", Map.of("mid", "other", "secretKey", "")));
    assertThat(otherMid.statusCode()).isEqualTo(422);
    assertThat(otherMid.body()).contains("변경할 수 없습니다");
    HttpResponse<String> tooLong =
        dev.post(path(made), path(made), form("카드", Map.of("secretKey", "s".repeat(101))));
    assertThat(tooLong.body()).contains("100자").doesNotContain("s".repeat(101));
  }

  @Test
  void wrongCredentialsAreToldInWords() {
    SetUp made =
        channel(
            Map.of(
                "secretKey", new StringBuilder(samples().get("secretKey")).reverse().toString()));
    assertThat(dev.post(path(made), path(made) + "/test", Map.of()).body())
        .contains("PG사가 인증 정보를 거절했습니다", "PG사 응답");
  }

  @Test
  void switchingOffSaysWhatHangsOnItAndThatIsTrue() {
    SetUp made = channel(Map.of());
    ApiKeys.Issued key = hub.bean(ApiKeys.class).issue(Actor.HUB, shop.id(), "");
    Api api = new Api(hub.url(), key.impKey(), key.secret().reveal());
    Map<String, Object> card = new HashMap<>(Api.keyIn(Api.newOrder(), TOSS, Api.GOOD_CARD));
    card.remove("merchant_uid");
    assertThat(api.post("/subscribe/customers/c-1", card).code()).isZero();
    assertThat(dev.get(path(made) + "/disable").body()).contains("빌링키 1개", "예약 결제 0건");
    assertThat(dev.postOnly(path(made) + "/disable", Map.of()).statusCode()).isEqualTo(302);
    assertThat(dev.get(path(made)).body()).contains("사용 중지된 채널", "다시 사용");
    Map<String, Object> again =
        Map.of("customer_uid", "c-1", "merchant_uid", Api.newOrder(), "amount", 1_000, "name", "차");
    assertThat(api.post("/subscribe/payments/again", again).response().path("status").asString())
        .as("keys that were issued are charged as before")
        .isEqualTo("paid");
    assertThat(dev.postOnly(path(made) + "/enable", Map.of()).statusCode()).isEqualTo(302);
    assertThat(audited(Act.CHANNEL_DISABLED)).hasSize(1);
    assertThat(audited(Act.CHANNEL_ENABLED)).hasSize(1);
  }

  @Test
  void whoMayNotWriteReadsAndASubShopSeesItsOwn() {
    SetUp made = channel(Map.of());
    SetUp other = channel(Map.of("mid", "other"));
    ConsoleVisitor manager = people.visitor(people.of(shop, Role.MANAGER));
    assertThat(manager.get(path(made)).body())
        .contains(made.key())
        .doesNotContain("/test\"", "/disable", "<button class=\"btn primary\"");
    assertThat(manager.postOnly(path(made) + "/disable", Map.of()).statusCode()).isEqualTo(403);
    assertThat(manager.postOnly(CHANNELS, form("x", Map.of())).statusCode()).isEqualTo(403);

    Merchant sub = hub.bean(Tiers.class).create(Actor.HUB, shop, "ABC", "강남점");
    ConsoleVisitor theirs = people.visitor(people.of(sub, Role.SUB_MANAGER));
    assertThat(theirs.get(CHANNELS).body()).doesNotContain(made.key());
    assertThat(dev.post(path(made), path(made) + "/give", Map.of("tier", "ABC")).statusCode())
        .isEqualTo(302);
    assertThat(dev.get(path(made)).body()).contains("하위 상점 강남점에 할당됨", "할당 해제");
    assertThat(theirs.get(CHANNELS).body()).contains(made.key()).doesNotContain(other.key());
    assertThat(theirs.get(path(made)).body()).contains("대표 상점이 할당").doesNotContain("클라이언트 키");
    assertThat(theirs.get(path(made) + "/code").body())
        .contains("IMP.agency(&#39;" + shop.userCode() + "&#39;, &#39;ABC&#39;)");
    assertThat(theirs.get(path(other)).statusCode()).isEqualTo(404);
    dev.postOnly(path(made) + "/take-back", Map.of("tier", "ABC"));
    assertThat(theirs.get(path(made)).statusCode()).isEqualTo(404);
    assertThat(people.visitor(people.of(people.shop(), Role.OWNER)).get(path(made)).statusCode())
        .isEqualTo(404);
  }

  @Test
  void whatAFileKeepsIsShownAndNotChanged() {
    SetUp made = channel(Map.of());
    hub.bean(FileKeeping.class)
        .keep(
            new Kept(
                new Kept.Name(shop.id(), Kept.Kind.CHANNEL, made.key()), "shops.yaml", 12, "f"));
    assertThat(dev.get(CHANNELS).body()).contains("파일에서 관리", "shops.yaml 12번째 줄");
    assertThat(dev.get(path(made)).body())
        .contains("shops.yaml의 12번째 줄")
        .doesNotContain("/disable", "field.secretKey");
    HttpResponse<String> answer = dev.postOnly(path(made) + "/disable", Map.of());
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("12번째 줄에서 관리");
    assertThat(setup.list(shop.id())).singleElement().matches(SetUp::enabled);
  }

  @Test
  void theFirstIsTheDefaultAndAnotherCanBe() {
    SetUp first = channel(Map.of());
    SetUp second = channel(Map.of("mid", "other"));
    assertThat(dev.get(path(second)).body()).contains("기본 채널로 지정");
    dev.postOnly(path(second) + "/first", Map.of());
    assertThat(setup.list(shop.id())).extracting(SetUp::key).startsWith(second.key(), first.key());
    assertThat(dev.get(path(first)).body()).contains("기본 채널로 지정");
  }

  @Test
  void theCodeHasWhatIsTheShopsOwn() {
    SetUp made = channel(Map.of());
    String impKey = hub.bean(ApiKeys.class).issue(Actor.HUB, shop.id(), "").impKey();
    assertThat(dev.get(path(made) + "/code").body())
        .contains(hub.url() + "/v1/iamport.js", shop.userCode(), made.key());
    for (String language : List.of("java", "node", "python", "php", "curl")) {
      assertThat(dev.get(path(made) + "/code?in=" + language).body())
          .as(language)
          .contains(hub.url().toString(), impKey, "IMP_SECRET")
          .doesNotContain("{{");
    }
    assertThat(dev.get(path(made) + "/code?in=../x").statusCode()).isEqualTo(200);
  }
}
