package dev.naru.shops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.naru.connector.Pg;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.pg.Gateways;
import dev.naru.testing.Apart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is right in a shop file, and where what is wrong is wrong. */
@Apart
class ShopFileReaderTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("SHOP_SECRET", "a-secret-from-outside-1", "EMPTY", "", "WRONG", "not a code!");

  @TempDir private Path folder;

  /** A wrong file, and all problems of it. */
  record Wrong(String title, String yaml, List<String> problems) {
    @Override
    public String toString() {
      return title;
    }
  }

  /** {@code src/test/resources/shops/wrong.txt}: what is expected stands below each file. */
  static List<Wrong> wrong() throws IOException {
    String all =
        new String(
            ShopFileReaderTest.class.getResourceAsStream("/shops/wrong.txt").readAllBytes(),
            StandardCharsets.UTF_8);
    List<Wrong> files = new ArrayList<>();
    for (String one : all.split("(?m)^#### ")) {
      if (!one.isBlank()) {
        int title = one.indexOf('\n');
        int problems = one.indexOf("\n>");
        files.add(
            new Wrong(
                one.substring(0, title),
                one.substring(title + 1, problems + 1),
                one.substring(problems + 1)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> "shops.yaml:" + line.substring(2))
                    .toList()));
      }
    }
    return files;
  }

  @ParameterizedTest
  @MethodSource
  void wrong(Wrong file) throws IOException {
    boolean live = file.title().contains("live");
    assertThat(problems(file.yaml(), live)).containsExactlyElementsOf(file.problems());
  }

  @Test
  void threeLinesAreAShop() throws IOException {
    ShopFile file =
        read(
            """
            shops:
              - user_code: imp12345678
                channels: [{pg: tosspayments}]
            """,
            false);
    ShopFile.Shop shop = file.shops().getFirst();
    assertThat(shop.name()).isEqualTo("imp12345678");
    ShopFile.Channel channel = shop.channels().getFirst();
    assertThat(channel.config()).isEqualTo(channel.pg().demo());
    assertThat(channel.mode()).isEqualTo(Pg.Mode.SANDBOX);
    assertThat(channel.key()).startsWith("channel-key-");
  }

  @Test
  void valuesComeFromTheEnvironmentAndFromAnchors() throws IOException {
    ShopFile file =
        read(
            """
            shops:
              - user_code: ${CODE:-imp_default}
                name: five $$${EMPTY-x}
                keys: &keys
                  - {key: "0123456789", secret: "${SHOP_SECRET}"}
                channels:
                  - &toss {pg: tosspayments, mid: first, secret_key: "test_sk_${EMPTY-x}y"}
                  - {<<: *toss, mid: second, default: true}
              - user_code: other_shop
                promotions:
                  - name: 봄
                    card: "366"
                    starts: 2026-03-01
                    ends: 2026-03-31
                    budget: 1_000_000
                    steps: [{from: 5000, percent: 10.5}]
                groups:
                  - name: half
                    channels: [{channel: a, percent: 40}, {channel: kakaopay, percent: 60}]
                channels:
                  - {pg: settle, name: a}
                  - {pg: kakaopay, mid: TC0ONETIME}
            """,
            false);
    ShopFile.Shop first = file.shops().getFirst();
    assertThat(first.userCode()).isEqualTo("imp_default");
    assertThat(first.name()).isEqualTo("five $");
    assertThat(first.keys().getFirst().secret().reveal()).isEqualTo("a-secret-from-outside-1");
    assertThat(first.channels())
        .extracting(channel -> channel.pg().mid(channel.config()))
        .containsExactly("second", "first");
    assertThat(first.channels().getFirst().config().toString()).contains("***");
    assertThat(first.channels().getFirst().given()).containsEntry("secretKey", "test_sk_y");
    ShopFile.Shop second = file.shops().getLast();
    assertThat(second.groups().getFirst().group().members()).hasSize(2);
    assertThat(second.promotions().getFirst().plan().endsAt()).isEqualTo("2026-03-31T15:00:00Z");
    assertThat(second.promotions().getFirst().plan().terms().off(10_000)).isEqualTo(1_050);
  }

  @Test
  void aliasesCannotGrowWithoutEnd() throws IOException {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      yaml.append("a%d: &a%d [".formatted(i, i))
          .append(("*a" + (i - 1) + ",").repeat(10))
          .append("]\n");
    }
    assertThat(problems(yaml.toString(), false)).anyMatch(line -> line.contains("50,000 values"));
    assertThat(problems("a: &a [*a]\n", false)).isNotEmpty();
    assertThat(problems("[".repeat(3_000), false)).isNotEmpty();
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    Path file = folder.resolve("shops.yaml");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(refused(file, false)).containsExactly("shops.yaml is not written in UTF-8");
  }

  private ShopFile read(String yaml, boolean live) throws IOException {
    return read(written(yaml), live);
  }

  private static ShopFile read(Path file, boolean live) {
    return ShopFileReader.read(file, PgDirectory.of(Gateways.ALL, live), live, ENVIRONMENT::get);
  }

  private Path written(String yaml) throws IOException {
    return Files.writeString(folder.resolve("shops.yaml"), yaml);
  }

  private List<String> problems(String yaml, boolean live) throws IOException {
    return refused(written(yaml), live);
  }

  private static List<String> refused(Path file, boolean live) {
    return catchThrowableOfType(ShopFileRefused.class, () -> read(file, live)).problems();
  }
}
