package dev.naru.console.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.api.Shop;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Identity checks at the console: masked, shown whole after a proof, deleted. */
@OwnOrders
class CertificationsPageTest {

  private static final String PATH = "/console/identity";
  private static final String PHONE = "01012345678";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Shop shop = Shop.fresh();
  private final Account account = people.of(shop.merchant(), Role.OWNER);
  private final ConsoleVisitor owner = people.visitor(account);

  private ConsoleVisitor visitor(Shop of, Role role) {
    return people.visitor(people.of(of.merchant(), role));
  }

  private List<String> acts() {
    return shop.database()
        .sql(
            """
            select act from audit where merchant_id = :id and act like 'CERTIFICATION%'
            order by audit_id
            """)
        .param("id", shop.merchant().id())
        .query(String.class)
        .list();
  }

  /** As if the last proof was an hour ago. */
  private void letProofAge() {
    shop.database()
        .sql(
            """
            update console_session set proved_at = proved_at - interval '1 hour'
            where email = :email
            """)
        .param("email", account.email())
        .update();
  }

  @Test
  void nobodyIsShownWholeUnlessProvedAndWrittenDown() {
    String uid = Verified.certified(shop);
    String ci = Verified.known(shop, uid).path("unique_key").asString();
    String di = Verified.known(shop, uid).path("unique_in_site").asString();
    assertThat(ci).hasSize(88);
    String list = owner.get(PATH).body();
    assertThat(list).contains(uid, "김•루").doesNotContain("김나루", ci, di);
    String page = owner.get(PATH + "/" + uid).body();
    assertThat(page)
        .contains("김•루", "2000-••-••", "/reveal")
        .doesNotContain("김나루", ci, di, "2000-02-29");
    assertThat(acts()).isEmpty();
    letProofAge();
    HttpResponse<String> unproved = owner.get(PATH + "/" + uid + "/reveal");
    assertThat(unproved.statusCode()).isEqualTo(303);
    assertThat(unproved.headers().firstValue("location").orElse("")).contains("/console/prove");
    assertThat(acts()).isEmpty();
    ConsoleVisitor proved = people.visitor(account);
    assertThat(proved.get(PATH + "/" + uid + "/reveal").body()).contains("김나루", "2000-02-29", ci);
    assertThat(acts()).containsExactly("CERTIFICATION_SHOWN");
  }

  @Test
  void eachStateHasItsOwn() {
    String certified = Verified.certified(shop);
    String open = Verified.asked(shop, PHONE);
    assertThat(owner.get(PATH).body()).contains(certified, open, "010-••••-5678");
    assertThat(owner.get(PATH + "?state=certified").body())
        .contains(certified)
        .doesNotContain(open);
    assertThat(owner.get(PATH + "?state=open").body()).contains(open).doesNotContain(certified);
    assertThat(owner.get(PATH + "?q=" + open).body()).contains(open).doesNotContain(certified);
    assertThat(owner.get(PATH + "?state=failed").body()).doesNotContain(open, certified);
    for (String odd : List.of("?state=%00", "?q=%00", "?after=x", "?q=%27%25", "/x", "/x/reveal")) {
      assertThat(owner.get(PATH + odd).statusCode()).as(odd).isIn(200, 404);
    }
  }

  @Test
  void oneIsDeletedForGoodByWhoMay() {
    String uid = Verified.certified(shop);
    ConsoleVisitor reader = visitor(shop, Role.READ_ONLY);
    assertThat(reader.get(PATH + "/" + uid).body()).contains(uid).doesNotContain("/delete\"");
    assertThat(delete(reader, uid).statusCode()).isEqualTo(403);
    assertThat(delete(owner, uid).statusCode()).isEqualTo(302);
    assertThat(delete(owner, uid).statusCode()).isEqualTo(404);
    assertThat(shop.rows("certification")).isZero();
    assertThat(acts()).containsExactly("CERTIFICATION_DELETED");
  }

  private static HttpResponse<String> delete(ConsoleVisitor by, String uid) {
    return by.post("/console/account", PATH + "/" + uid + "/delete", Map.of());
  }

  @Test
  void anotherShopsAreNotThere() {
    Shop branch = shop.tier("AAA");
    String above = Verified.certified(shop);
    String theirs = Verified.asked(branch, PHONE);
    ConsoleVisitor sub = visitor(branch, Role.SUB_MANAGER);
    ConsoleVisitor stranger = visitor(Shop.fresh(), Role.OWNER);
    for (ConsoleVisitor other : List.of(sub, stranger)) {
      assertThat(other.get(PATH).body()).doesNotContain(above);
      assertThat(other.get(PATH + "/" + above).statusCode()).isEqualTo(404);
      assertThat(other.get(PATH + "/" + above + "/reveal").statusCode()).isEqualTo(404);
      assertThat(delete(other, above).statusCode()).isEqualTo(404);
    }
    assertThat(sub.get(PATH).body()).contains(theirs);
    assertThat(owner.get(PATH + "?shop=all").body()).contains(theirs, above);
    assertThat(owner.get(PATH + "?shop=own").body()).contains(above).doesNotContain(theirs);
    assertThat(shop.rows("certification")).isOne();
  }

  @Test
  void pagesGoOnWhereTheOneBeforeEnded() {
    List<String> all = new ArrayList<>();
    for (int n = 0; n < 51; n++) {
      all.add(Verified.asked(shop, PHONE));
    }
    String first = owner.get(PATH).body();
    Matcher next = Pattern.compile("href=\"([^\"]*after=[^\"]*)\"").matcher(first);
    assertThat(next.find()).isTrue();
    String second = owner.get(next.group(1).replace("&amp;", "&")).body();
    assertThat(all.subList(1, 51)).allSatisfy(uid -> assertThat(first).contains(uid + "<"));
    assertThat(first).doesNotContain(all.getFirst() + "<");
    assertThat(second).contains(all.getFirst() + "<").doesNotContain(all.get(1) + "<");
  }
}
