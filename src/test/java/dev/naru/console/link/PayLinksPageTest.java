package dev.naru.console.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Role;
import dev.naru.api.Shop;
import dev.naru.merchant.Channels;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payment links at the console: made once, opened by buyers, switched off. */
@OwnOrders
class PayLinksPageTest {

  private static final String LINKS = "/console/links";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Shop shop = Shop.fresh();
  private final ConsoleVisitor owner = visitor(shop, Role.OWNER);

  private ConsoleVisitor visitor(Shop of, Role role) {
    return people.visitor(people.of(of.merchant(), role));
  }

  private Map<String, String> order(Shop of) {
    Map<String, String> order = new LinkedHashMap<>();
    order.put("of", Long.toString(of.merchant().id()));
    order.put("title", "찻집 주문");
    order.put("name", "우전 <b>녹차</b>");
    order.put("amount", "39,000");
    order.put("currency", "KRW");
    order.put("merchant_uid", Api.newOrder());
    order.put("buyer_tel", "010-1234-5678");
    order.put("display_language", "ko");
    order.put("channel", channel(of));
    order.put("method", "card");
    order.put("label", "카드");
    return order;
  }

  private String channel(Shop of) {
    return hub.bean(Channels.class).of(of.merchant().id()).stream()
        .filter(one -> one.pg().code().equals(Shop.TOSS))
        .findFirst()
        .orElseThrow()
        .key();
  }

  private HttpResponse<String> make(ConsoleVisitor by, Map<String, String> order) {
    return by.post("/console/account", LINKS, order);
  }

  private String made(Map<String, String> order) {
    HttpResponse<String> answer = make(owner, order);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return URI.create(answer.headers().firstValue("location").orElse("")).getPath();
  }

  private static String code(String page) {
    return page.substring(LINKS.length() + 1);
  }

  @Test
  void aLinkIsMadeShownAndPaidByWhoeverHasIt() {
    Map<String, String> order = order(shop);
    String page = made(order);
    assertThat(owner.get(LINKS).body())
        .contains("39,000원", order.get("merchant_uid"), "우전 &lt;b&gt;녹차")
        .doesNotContain("<b>녹차");
    String shown = owner.get(page).body();
    assertThat(shown).contains("/link/" + code(page), "<svg class=\"qr\"", "data-copies");
    assertThat(new ConsoleVisitor(hub.url()).get("/link/" + code(page)).body()).contains("찻집 주문");
  }

  @Test
  void aFormThatIsSentTwiceMakesOneLink() {
    String form = owner.get(LINKS + "/new").body();
    Matcher once = Pattern.compile("name=\"once\" value=\"([0-9a-f]{16})\"").matcher(form);
    assertThat(once.find()).isTrue();
    Map<String, String> order = order(shop);
    order.put("once", once.group(1));
    assertThat(made(order)).isEqualTo(made(order));
    assertThat(shop.rows("pay_link")).isOne();
  }

  @Test
  void aLinkThatIsSwitchedOffIsNoWayToPay() {
    String page = made(order(shop));
    assertThat(owner.post(page, page + "/close", Map.of()).statusCode()).isEqualTo(302);
    assertThat(owner.post(page, page + "/close", Map.of()).statusCode()).isEqualTo(302);
    assertThat(owner.get(page).body()).doesNotContain("class=\"qr\"", "/close\"");
    assertThat(new ConsoleVisitor(hub.url()).get("/link/" + code(page)).body())
        .doesNotContain("data-method");
    assertThat(
            shop.database()
                .sql(
                    """
                    select act from audit where merchant_id = :id and act like 'LINK%'
                    order by audit_id
                    """)
                .param("id", shop.merchant().id())
                .query(String.class)
                .list())
        .containsExactly("LINK_MADE", "LINK_CLOSED");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "title, -",
        "name, -",
        "amount, -",
        "amount, many",
        "amount, -5",
        "amount, 0",
        "tax_free, 99999999",
        "buyer_tel, -",
        "channel, channel-key-of-nobody",
        "channel, -",
        "merchant_uid, -",
        "expires, 2001-01-01T00:00",
        "expires, soon",
        "notice_url, nowhere",
        "method, gold"
      })
  void whatCannotBePaidIsNoLink(String field, String value) {
    Map<String, String> order = order(shop);
    order.put(field, value == null ? "" : value);
    HttpResponse<String> answer = make(owner, order);
    assertThat(answer.statusCode()).isBetween(400, 422);
    assertThat(answer.body()).contains("role=\"alert\"", "name=\"once\"");
    assertThat(shop.rows("pay_link")).isZero();
  }

  @Test
  void nobodyElseSeesOrEndsIt() {
    String page = made(order(shop));
    ConsoleVisitor reader = visitor(shop, Role.READ_ONLY);
    assertThat(reader.get(page).body()).contains("class=\"qr\"").doesNotContain("/close\"");
    assertThat(reader.post(page, page + "/close", Map.of()).statusCode()).isEqualTo(403);
    assertThat(make(reader, order(shop)).statusCode()).isEqualTo(403);
    Shop other = Shop.fresh();
    ConsoleVisitor stranger = visitor(other, Role.OWNER);
    assertThat(stranger.get(LINKS).body()).doesNotContain(code(page));
    assertThat(stranger.get(page).statusCode()).isEqualTo(404);
    assertThat(stranger.post(LINKS, page + "/close", Map.of()).statusCode()).isEqualTo(404);
    assertThat(make(stranger, order(shop)).statusCode()).isEqualTo(404);
    assertThat(stranger.get(LINKS + "?after=" + code(page)).statusCode()).isEqualTo(200);
    assertThat(owner.get(page).body()).contains("class=\"qr\"");
  }

  @Test
  void aSubShopMakesItsOwn() {
    Shop branch = shop.tier("AAA");
    ConsoleVisitor sub = visitor(branch, Role.SUB_MANAGER);
    assertThat(make(sub, order(branch)).statusCode()).isEqualTo(302);
    assertThat(branch.rows("pay_link")).isOne();
    String above = made(order(shop));
    assertThat(sub.get(LINKS).body()).doesNotContain(code(above));
    assertThat(sub.get(above).statusCode()).isEqualTo(404);
    assertThat(owner.get(LINKS + "?shop=all").body()).contains(code(above)).contains("AAA");
  }

  @Test
  void thePagesAfterTheFirstGoOn() {
    List<String> all =
        java.util.stream.Stream.generate(() -> made(order(shop)) + "\"").limit(52).toList();
    String first = owner.get(LINKS).body();
    Matcher next = Pattern.compile("href=\"([^\"]*after=[^\"]*)\"").matcher(first);
    assertThat(next.find()).isTrue();
    String second = owner.get(next.group(1)).body();
    assertThat(all.subList(2, 52)).allSatisfy(code -> assertThat(first).contains(code));
    assertThat(first).doesNotContain(all.get(0), all.get(1));
    assertThat(second).contains(all.get(0), all.get(1)).doesNotContain(all.get(2), all.get(9));
  }
}
