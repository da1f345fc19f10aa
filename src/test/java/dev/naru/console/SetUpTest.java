package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.Naru;
import dev.naru.account.entry.FirstOwner;
import dev.naru.start.command.Keyset;
import dev.naru.start.command.OwnerCommand;
import dev.naru.testing.Apart;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.HubProcess;
import dev.naru.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The first owner of a live hub. */
@Apart
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SetUpTest {

  private final TestDatabase database = TestDatabase.fresh();
  private ConfigurableApplicationContext hub;
  private URI url;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    int port = HubProcess.freePort();
    Path keyset = folder.resolve("keyset.json");
    Keyset.generate().write(keyset, false);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("naru.mode", "live");
    all.put("naru.port", port);
    all.put("naru.bind", "127.0.0.1");
    all.put("naru.management.port", 0);
    all.put("naru.base.url", "https://pay.shop.example");
    all.put("naru.data", folder.resolve("data").toString());
    all.put("naru.keyset", keyset.toString());
    all.put("naru.db.url", database.url());
    all.put("naru.db.user", database.user());
    all.put("naru.stop.grace", "0s");
    SpringApplication application = new SpringApplication(Naru.class);
    application.setDefaultProperties(all);
    hub = application.run();
    url = URI.create("http://127.0.0.1:" + port);
  }

  @AfterAll
  void stop() {
    hub.close();
    database.close();
  }

  @Test
  void theAddressMakesOneOwnerAndThatOnce() {
    FirstOwner first = hub.getBean(FirstOwner.class);
    // The start has printed one; it is not printed again, but made anew on demand.
    assertThat(first.address()).isEmpty();
    String address = first.again().reveal().replace("https://pay.shop.example", "");
    ConsoleVisitor visitor = new ConsoleVisitor(url);
    assertThat(visitor.get("/console/set-up?token=wrong").statusCode()).isEqualTo(404);
    assertThat(visitor.get(address).statusCode()).isEqualTo(200);
    Map<String, String> form =
        Map.of(
            "token", address.replaceFirst(".*=", ""),
            "email", "Owner@Shop.example",
            "name", "홍길동",
            "shop", "하동찻집",
            "korean", "true",
            "password", "1234567890");
    assertThat(visitor.postOnly("/console/set-up", form).statusCode()).isEqualTo(422);
    Map<String, String> good = new LinkedHashMap<>(form);
    good.put("password", "camel-orbit-lantern-9");
    HttpResponse<String> made = visitor.postOnly("/console/set-up", good);
    assertThat(made.statusCode()).isEqualTo(302);
    assertThat(made.headers().allValues("set-cookie"))
        .anyMatch(cookie -> cookie.startsWith("naru_console=") && cookie.contains("; Secure"));
    // With real money the phone's codes come before anything else.
    assertThat(visitor.get("/console").headers().firstValue("location"))
        .hasValue("/console/account/codes");
    assertThat(visitor.get("/console/account/codes").statusCode()).isEqualTo(200);

    assertThat(new ConsoleVisitor(url).get(address).statusCode()).isEqualTo(404);
    good.put("email", "second@shop.example");
    ConsoleVisitor late = new ConsoleVisitor(url);
    assertThat(late.post("/console/sign-in", "/console/set-up", good).statusCode()).isEqualTo(404);
    assertThat(first.address()).isEmpty();
    assertThat(
            hub.getBean(JdbcClient.class)
                .sql("select email || ' ' || role from account")
                .query(String.class)
                .list())
        .containsExactly("owner@shop.example OWNER");
    assertThat(OwnerCommand.isMeant(new String[] {"owner", "reset"})).isTrue();
    assertThat(first.reset("").reveal()).contains("/console/reset");
    assertThat(visitor.get("/console").headers().firstValue("location").orElse(""))
        .startsWith("/console/sign-in");
    assertThat(
            hub.getBean(JdbcClient.class)
                .sql("select actor_kind || ' ' || about from audit where act = 'OWNER_RESET'")
                .query(String.class)
                .list())
        .containsExactly("COMMAND owner@shop.example");
  }

  @Test
  void oneClickIsOfTheSandbox() {
    ConsoleVisitor visitor = new ConsoleVisitor(url);
    assertThat(visitor.get("/console/sign-in").body()).doesNotContain("/console/demo");
    assertThat(visitor.postOnly("/console/demo", Map.of()).statusCode()).isEqualTo(404);
  }
}
