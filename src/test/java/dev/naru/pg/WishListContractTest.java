package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Capability.WishLists;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.window.Window;
import dev.naru.connector.window.Wish;
import dev.naru.kernel.Money;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Wish lists: a window is opened, and somebody puts what it shows on their list, or does not. */
@Execution(ExecutionMode.CONCURRENT)
final class WishListContractTest {

  private static final World WORLD = World.get();

  static Stream<Rig> pgs() {
    return Rig.having(WishLists.class);
  }

  private static String id() {
    return WORLD.order(1).id();
  }

  private static Wish.Product product(String id, long won, @Nullable String description) {
    String page = "https://shop.example/it's?id=" + id;
    return new Wish.Product(
        id, "<b>찻잔</b> & 뷁", description, Money.krw(won), page, null, page + "&image=1");
  }

  private static Wish wish(Wish.Product... products) {
    return new Wish(id(), "ko", List.of(products));
  }

  private static JsonNode listed(Rig rig, String product) {
    String path = "/_sim/wishes/" + rig.code() + "?product=" + product;
    return JsonMapper.shared().readTree(WORLD.browser().get(path));
  }

  private static void press(URI window, String action) {
    var unused = WORLD.browser().press(new Window.Redirect(window), Map.of("action", action));
    assertThat(unused).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void whatIsPressedIsOnTheListOnce(Rig rig) {
    WishLists lists = rig.connector(WishLists.class);
    String one = "one-" + id();
    String other = "other-" + id();
    Wish wish = wish(product(one, 12_000, "첫물"), product(other, 0, null));
    URI window = World.ok(lists.openWishList(wish));
    assertThat(World.ok(lists.openWishList(wish))).isEqualTo(window);
    assertThat(WORLD.browser().page(new Window.Redirect(window)))
        .contains("&lt;b&gt;찻잔&lt;/b&gt; &amp; 뷁", "12,000원", "0원", "첫물", "테스트")
        .doesNotContain("<b>찻잔");
    assertThat(listed(rig, one)).isEmpty();
    press(window, "wish");
    press(window, "close");
    press(window, "wish");
    assertThat(listed(rig, other)).hasSize(1);
    JsonNode line = listed(rig, one);
    assertThat(line).hasSize(1);
    assertThat(line.path(0).path("price").asString()).isEqualTo("12000");
    assertThat(line.path(0).path("page").asString())
        .isEqualTo("https://shop.example/it's?id=" + one);
    assertThat(line.path(0).path("request").asString()).isEqualTo(wish.id());
    press(World.ok(lists.openWishList(wish(product(one, 13_000, null)))), "wish");
    assertThat(listed(rig, one)).hasSize(1);
    assertThat(listed(rig, one).path(0).path("price").asString()).isEqualTo("13000");
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void whoClosesTheWindowPutsNothingThere(Rig rig) {
    WishLists lists = rig.connector(WishLists.class);
    String product = id();
    URI window = World.ok(lists.openWishList(wish(product(product, 100, null))));
    press(window, "anything");
    assertThat(WORLD.browser().page(new Window.Redirect(window))).contains("id=\"wish\"");
    press(window, "close");
    press(window, "wish");
    assertThat(listed(rig, product)).isEmpty();
    assertThat(WORLD.browser().page(new Window.Redirect(window))).contains("찜하지 않았습니다.");
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void anIdIsOneRequests(Rig rig) {
    WishLists lists = rig.connector(WishLists.class);
    Wish wish = wish(product("a", 1, null));
    World.ok(lists.openWishList(wish));
    Wish another = new Wish(wish.id(), "ko", List.of(product("b", 1, null)));
    assertThat(World.declined(lists.openWishList(another)).reason())
        .isEqualTo(Reason.DUPLICATE_ORDER);
    Wish twice = wish(product("a", 1, null), product("a", 1, null));
    assertThat(World.declined(lists.openWishList(twice)).reason()).isEqualTo(Reason.BAD_REQUEST);
    assertThat(World.declined(lists.openWishList(wish())).reason()).isEqualTo(Reason.BAD_REQUEST);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void whatHasNoAnswerIsUnknown(Rig rig) {
    WishLists lists = rig.connector(WishLists.class);
    for (String magic : List.of("4000000000009001", "4000000000009002", "4000000000009004")) {
      World.unknown(lists.openWishList(wish(product(magic, 1, null))));
    }
    Wish slow = wish(product("4000000000009005", 1, null));
    assertThat(World.ok(lists.openWishList(slow)).getPath()).contains(rig.code());
    Wish refused = wish(product("4000000000000119", 1, null));
    assertThat(World.declined(lists.openWishList(refused)).reason())
        .isEqualTo(Reason.ISSUER_UNAVAILABLE);
    WishLists unplugged = rig.unplugged().as(WishLists.class).orElseThrow();
    assertThat(World.declined(unplugged.openWishList(wish(product("a", 1, null)))).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }

  /** Whoever has the address can put things on the list. */
  @ParameterizedTest
  @MethodSource("pgs")
  void theAddressIsNotLogged(Rig rig) {
    Wish wish = wish(product("a", 1, null));
    URI window = World.ok(rig.connector(WishLists.class).openWishList(wish));
    assertThat(WORLD.wire().stream().filter(entry -> entry.orderId().equals(wish.id())))
        .hasSize(1)
        .allSatisfy(entry -> assertThat(entry.answer()).doesNotContain(window.getPath()));
    assertThat(Set.of(window.getPath()))
        .doesNotContain(
            World.ok(rig.connector(WishLists.class).openWishList(wish(product("a", 1, null))))
                .getPath());
  }
}
