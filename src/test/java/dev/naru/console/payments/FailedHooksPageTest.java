package dev.naru.console.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.account.Role;
import dev.naru.api.Shop;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.Receiver;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks that failed: told over the list, and sent again by shop or all. */
class FailedHooksPageTest {

  private static final String PATH = "/console/payments/webhooks";
  private static final Pattern FORM = Pattern.compile("action=\"(" + PATH + "[^\"]+)\"");

  private final ConsolePeople people = new ConsolePeople(Hub.shared());
  private final Receiver receiver = Receiver.start();
  private final Shop shop = Shop.fresh();
  private final ConsoleVisitor owner = people.visitor(people.of(shop.merchant(), Role.OWNER));

  @AfterEach
  void close() {
    receiver.close();
  }

  /** A payment whose webhook fails once, and is received after that. */
  private void fail(Shop by, String path) {
    receiver.answers(path, n -> n == 1 ? 500 : 200);
    Map<String, Object> request = Api.keyIn(Api.newOrder(), Shop.TOSS, Api.GOOD_CARD);
    request.put("notice_url", List.of(receiver.url(path)));
    by.api().post("/subscribe/payments/onetime", request);
  }

  private void sees(ConsoleVisitor visitor, String path, String text) {
    await().untilAsserted(() -> assertThat(visitor.get(path).body()).contains(text));
  }

  private static List<String> actions(String html) {
    return FORM.matcher(html).results().map(form -> form.group(1).replace("&amp;", "&")).toList();
  }

  @Test
  void whatFailedIsToldAndSentAgain() {
    fail(shop, "/hook");
    sees(owner, "/console/payments", "웹훅이 전달되지 않은 결제가 1건 있습니다");
    String page = owner.get(PATH).body();
    assertThat(page).contains("1건 재전송");
    assertThat(owner.postOnly(actions(page).getFirst(), Map.of()).statusCode()).isEqualTo(302);
    await().untilAsserted(() -> assertThat(receiver.got("/hook")).hasSize(2));
    sees(owner, PATH, "전달되지 않은 웹훅이 없습니다");
    assertThat(owner.get("/console/payments").body()).doesNotContain("웹훅이 전달되지 않은 결제");
    assertThat(owner.postOnly(PATH, Map.of()).statusCode()).isEqualTo(404);
  }

  @Test
  void oneShopsAreSentAndAnothersAreLeft() {
    Shop sub = shop.tier("H0K");
    fail(shop, "/mine");
    fail(sub, "/theirs");
    String all = PATH + "?shop=all";
    sees(owner, all, "전체 2건 재전송");
    String html = owner.get(all).body();
    assertThat(actions(html)).hasSize(3);
    String theirs =
        actions(html).stream().filter(a -> a.endsWith("shop=H0K")).findFirst().orElseThrow();
    owner.postOnly(theirs, Map.of());
    await().untilAsserted(() -> assertThat(receiver.got("/theirs")).hasSize(2));
    sees(owner, all, "웹훅이 전달되지 않은 결제 1건");
    assertThat(receiver.got("/mine")).hasSize(1);
    ConsoleVisitor clerk = people.visitor(people.of(sub.merchant(), Role.SUB_MANAGER));
    assertThat(clerk.get(all).body()).contains("전달되지 않은 웹훅이 없습니다");
  }

  @Test
  void whoOnlyReadsIsToldAndSendsNothing() {
    fail(shop, "/read");
    ConsoleVisitor reader = people.visitor(people.of(shop.merchant(), Role.READ_ONLY));
    sees(reader, PATH, "웹훅이 전달되지 않은 결제 1건");
    assertThat(actions(reader.get(PATH).body())).isEmpty();
    assertThat(reader.post(PATH, PATH, Map.of()).statusCode()).isEqualTo(403);
  }

  @Test
  void anotherPeriodHasOthers() {
    fail(shop, "/now");
    sees(owner, PATH, "1건 재전송");
    assertThat(owner.get(PATH + "?period=yesterday").body()).contains("전달되지 않은 웹훅이 없습니다");
  }
}
