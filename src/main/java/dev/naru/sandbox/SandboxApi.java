package dev.naru.sandbox;

import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.OneStepCheckout;
import dev.naru.connector.Connector;
import dev.naru.connector.Pg;
import dev.naru.kernel.Failed;
import dev.naru.look.Browsers;
import dev.naru.merchant.Channels;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.sandbox.demo.DemoShop;
import dev.naru.sandbox.shown.Shown;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a developer may look at in a sandbox: the capability matrix and the simulators' books. */
@RestController
@Conditional(SandboxOnly.class)
class SandboxApi {

  private final PgDirectory pgs;
  private final Channels channels;
  private final SimulatorDesk simulators;

  SandboxApi(PgDirectory pgs, Channels channels, SimulatorDesk simulators) {
    this.pgs = pgs;
    this.channels = channels;
    this.simulators = simulators;
  }

  /** The matrix, read off the connectors' types. */
  @GetMapping("/sandbox/gateways")
  Object gateways(HttpServletRequest request, HttpServletResponse response) {
    List<Map<String, Object>> all = pgs.all().stream().map(this::gateway).toList();
    return Browsers.asks(request)
        ? Shown.page("sandbox/gateways", request, response).addObject("gateways", all)
        : all;
  }

  /** What this PG's simulator charged, cancelled, or certified. */
  @GetMapping("/sandbox/books/{pg}")
  Object books(@PathVariable String pg, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    if (pgs.all().stream().noneMatch(known -> known.code().equals(pg))) {
      throw Failed.notFound(Refusal.UNKNOWN_PG);
    }
    return Shown.list(
        simulators.ask("GET", "/_sim/books/" + pg), "sandbox/books", request, response);
  }

  private Map<String, Object> gateway(Pg<?> pg) {
    Map<String, Object> gateway = new LinkedHashMap<>();
    gateway.put("code", pg.code());
    gateway.put("aliases", new TreeSet<>(pg.aliases()));
    gateway.put("name", pg.nameKo());
    gateway.put("name_en", pg.nameEn());
    gateway.put("capabilities", pg.capabilities());
    gateway.put("emulated", pg.emulated());
    channels.of(DemoShop.ID).stream()
        .filter(channel -> channel.pg().code().equals(pg.code()))
        .findFirst()
        .ifPresent(channel -> gateway.put("ends", ends(channel.connector())));
    if (OneStepCheckout.class.isAssignableFrom(pg.type())) {
      // Its window charges by itself: a no of the shop's confirm_url comes after the charge.
      gateway.put("veto", "immediate_cancel");
    } else if (Checkout.class.isAssignableFrom(pg.type())) {
      gateway.put("veto", "before_charge");
    }
    return gateway;
  }

  /** How each verb's unknown outcome ends, of cancels for whole and partial ones apart. */
  private static Map<String, Object> ends(Connector connector) {
    Map<String, Object> ends = new TreeMap<>();
    for (Class<?> capability : connector.getClass().getInterfaces()) {
      for (Method declares : capability.getMethods()) {
        String verb = declares.getName();
        if (verb.endsWith("Ends") && declares.getParameterCount() == 0) {
          ends.put(verb.substring(0, verb.length() - 4), said(connector, declares));
        }
      }
    }
    return ends;
  }

  private static Object said(Connector connector, Method declares) {
    try {
      return declares.invoke(connector);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(declares.getName(), e);
    }
  }
}
