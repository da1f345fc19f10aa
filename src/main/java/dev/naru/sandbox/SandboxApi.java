package dev.naru.sandbox;

import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.OneStepCheckout;
import dev.naru.connector.Pg;
import dev.naru.kernel.Failed;
import dev.naru.merchant.PgDirectory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a developer may look at in a sandbox: the capability matrix and the simulators' books. */
@RestController
@Conditional(SandboxOnly.class)
class SandboxApi {

  private final PgDirectory pgs;
  private final SimulatorDesk simulators;

  SandboxApi(PgDirectory pgs, SimulatorDesk simulators) {
    this.pgs = pgs;
    this.simulators = simulators;
  }

  /** The matrix, read off the connectors' types. */
  @GetMapping("/sandbox/gateways")
  List<Map<String, Object>> gateways() {
    return pgs.all().stream().map(SandboxApi::gateway).toList();
  }

  /** What this PG's simulator charged, cancelled, or certified. */
  @GetMapping("/sandbox/books/{pg}")
  ResponseEntity<byte[]> books(@PathVariable String pg) throws InterruptedException {
    if (pgs.all().stream().noneMatch(known -> known.code().equals(pg))) {
      throw Failed.notFound("존재하지 않는 PG입니다.");
    }
    return simulators.ask("GET", "/_sim/books/" + pg);
  }

  private static Map<String, Object> gateway(Pg<?> pg) {
    Map<String, Object> gateway = new LinkedHashMap<>();
    gateway.put("code", pg.code());
    gateway.put("name", pg.nameKo());
    gateway.put("name_en", pg.nameEn());
    gateway.put("capabilities", pg.capabilities());
    gateway.put("emulated", pg.emulated());
    if (OneStepCheckout.class.isAssignableFrom(pg.type())) {
      // Its window charges by itself: a no of the shop's confirm_url comes after the charge.
      gateway.put("veto", "immediate_cancel");
    } else if (Checkout.class.isAssignableFrom(pg.type())) {
      gateway.put("veto", "before_charge");
    }
    return gateway;
  }
}
