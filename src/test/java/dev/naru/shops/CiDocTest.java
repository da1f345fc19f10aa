package dev.naru.shops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import dev.naru.testing.Doc;
import dev.naru.testing.Hub;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * docs/ci.md: its commands against a hub that has the shop file of docs/own-keys.md. Its port is
 * another here.
 */
@Apart
class CiDocTest {

  private static final Doc DOC = Doc.of("ci.md");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path folder;

  private static Hub hub;

  @BeforeAll
  static void start() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("shops.yaml"), Doc.of("own-keys.md").blocks("yaml").getFirst());
    hub = Hub.start(Map.of("naru.shops", file.toString()));
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static int send(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(hub.url().resolve(path))
            .method(method, BodyPublishers.noBody())
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** {@code curl -f} fails for anything else. */
  @Test
  void whatCurlAsksForIsThere() throws Exception {
    List<MatchResult> calls =
        Pattern.compile("curl -sf(?: -X (\\w+))? localhost:8080(/[\\w/-]+)")
            .matcher(DOC.text())
            .results()
            .toList();
    assertThat(calls).hasSize(2);
    for (MatchResult call : calls) {
      String method = call.group(1) == null ? "GET" : call.group(1);
      assertThat(send(method, call.group(2))).as(call.group()).isEqualTo(200);
    }
  }

  /** Its JUnit class, compiled as it stands but for the address; twice, with the same order. */
  @Test
  void itsJunitClassPasses() throws Exception {
    String code =
        """
        import static org.junit.jupiter.api.Assertions.*;
        import java.net.URI;
        import java.net.http.*;
        import org.junit.jupiter.api.*;
        """
            + DOC.blocks("java").getFirst().replace("http://localhost:8080", hub.url().toString());
    Path source = Files.writeString(folder.resolve("PaymentTest.java"), code);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                System.out,
                System.err,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(failed).isZero();
    try (URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Class<?> type = classes.loadClass("PaymentTest");
      for (int n = 0; n < 2; n++) {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object test = constructor.newInstance();
        call(type.getDeclaredMethod("reset"), test);
        call(type.getDeclaredMethod("aCardIsCharged"), test);
      }
    }
  }

  private static void call(Method method, Object on) throws Exception {
    method.setAccessible(true);
    try {
      method.invoke(on);
    } catch (InvocationTargetException e) {
      throw new AssertionError(method.getName(), e.getCause());
    }
  }

  /** The settings it names exist, and its YAML is YAML. */
  @Test
  void itsYamlNamesSettingsThatExist() throws Exception {
    DOC.blocks("yaml")
        .forEach(
            block ->
                assertThat(new Load(LoadSettings.builder().build()).loadFromString(block))
                    .isInstanceOf(Map.class));
    Set<String> named =
        Pattern.compile("NARU_[A-Z_]+")
            .matcher(DOC.text())
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    String settings = Files.readString(Path.of("README.md"));
    assertThat(named).isNotEmpty().allMatch(name -> settings.contains("`" + name + "`"));
    assertThat(URI.create(DOC.first("PORTONE_URL=(http://[\\w.:]+)")).getPort()).isEqualTo(8080);
  }
}
