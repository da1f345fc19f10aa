package dev.naru.sandbox;

import dev.naru.connector.Pg;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Settings;
import dev.naru.merchant.PgDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a developer may look at in a sandbox: the capability matrix and the simulators' books. */
@RestController
@Conditional(SandboxOnly.class)
class SandboxApi {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PgDirectory pgs;
  private final Settings settings;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  SandboxApi(PgDirectory pgs, Settings settings) {
    this.pgs = pgs;
    this.settings = settings;
  }

  /** The matrix, read off the connectors' types. */
  @GetMapping("/sandbox/gateways")
  List<Map<String, Object>> gateways() {
    return pgs.all().stream().map(SandboxApi::gateway).toList();
  }

  /** What this PG's simulator charged and cancelled. */
  @GetMapping("/sandbox/books/{pg}")
  ResponseEntity<byte[]> books(@PathVariable String pg) throws InterruptedException {
    if (pgs.all().stream().noneMatch(known -> known.code().equals(pg))) {
      throw Failed.notFound("존재하지 않는 PG입니다.");
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(settings.simulatorUrl() + "/_sim/books/" + pg))
              .timeout(PATIENCE)
              .build();
      return ResponseEntity.ok()
          .contentType(MediaType.APPLICATION_JSON)
          .body(client.send(request, BodyHandlers.ofByteArray()).body());
    } catch (IOException away) {
      throw Failed.notFound("시뮬레이터에 연결할 수 없습니다.");
    }
  }

  private static Map<String, Object> gateway(Pg<?> pg) {
    Map<String, Object> gateway = new LinkedHashMap<>();
    gateway.put("code", pg.code());
    gateway.put("name", pg.nameKo());
    gateway.put("name_en", pg.nameEn());
    gateway.put("capabilities", pg.capabilities());
    gateway.put("emulated", false);
    return gateway;
  }
}
