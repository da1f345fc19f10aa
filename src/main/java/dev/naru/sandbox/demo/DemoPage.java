package dev.naru.sandbox.demo;

import dev.naru.connector.facts.PgFacts;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Malformed;
import dev.naru.kernel.Money;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.sandbox.Refusal;
import dev.naru.sandbox.SandboxOnly;
import dev.naru.sandbox.demo.DemoTill.Call;
import dev.naru.shops.Published;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small shop that pays through the SDK and V1, as any shop would, and shows the code of its page
 * and of its server beside what comes of it.
 */
@RestController
@RequestMapping("/demo")
@Conditional(SandboxOnly.class)
class DemoPage {

  private static final int LARGEST = 16 * 1024;
  private static final int LONGEST_ID = 40;

  /** What can be tried, and on which channels, by what these can do. */
  enum Flow {
    CARD,
    VBANK,
    KEY,
    IDENTITY,
    PROMOTION,
    LINK;

    private boolean takes(SortedSet<String> can) {
      return switch (this) {
        case CARD -> hasWindow(can);
        case VBANK -> hasWindow(can) && can.contains("Vbank");
        case KEY -> can.contains("WindowKey") && can.contains("ChargeKey");
        case IDENTITY -> can.stream().anyMatch(one -> one.startsWith("Identity"));
        // What is bought by product orders is the PG's to sell: in one way only.
        case PROMOTION, LINK -> hasWindow(can) && !can.contains("ProductOrders");
      };
    }

    /** Of one step or of two. */
    private static boolean hasWindow(SortedSet<String> capabilities) {
      return capabilities.stream().anyMatch(one -> one.endsWith("Checkout"));
    }

    private static Flow of(@Nullable String name) {
      return Arrays.stream(values())
          .filter(flow -> flow.code().equals(name))
          .findFirst()
          .orElse(CARD);
    }

    /** As it stands in the page's address. */
    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Channels channels;
  private final DemoTill till;
  private final DemoFeed feed;
  private final DemoGuard guard;
  private final Settings settings;
  private final HubClock clock;
  private final JsonMapper json;

  DemoPage(
      Channels channels,
      DemoTill till,
      DemoFeed feed,
      DemoGuard guard,
      Settings settings,
      HubClock clock,
      JsonMapper json) {
    this.channels = channels;
    this.till = till;
    this.feed = feed;
    this.guard = guard;
    this.settings = settings;
    this.clock = clock;
    this.json = json;
  }

  @GetMapping
  ModelAndView page(
      @RequestParam(required = false) @Nullable String flow,
      @RequestParam(required = false) @Nullable String lang,
      HttpServletRequest request,
      HttpServletResponse response) {
    protect(response);
    String accepted = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
    String wanted = lang != null ? lang : accepted == null ? "ko" : accepted;
    Flow chosen = Flow.of(flow);
    return new ModelAndView("demo/shop")
        .addObject("korean", !wanted.toLowerCase(Locale.ROOT).startsWith("en"))
        .addObject("flow", chosen.code())
        .addObject("flows", Arrays.stream(Flow.values()).map(Flow::code).toList())
        .addObject("channels", channels(chosen))
        .addObject("samples", samples())
        .addObject("userCode", DemoShop.USER_CODE)
        .addObject("key", Published.KEYS.getFirst())
        .addObject("secret", Published.SECRET.reveal())
        .addObject("promotion", DemoShop.promotionId(DemoShop.RATE))
        .addObject("base", settings.baseUrl())
        .addObject("simulators", settings.simulatorUrl())
        .addObject("ahead", clock.offset().toSeconds())
        .addObject("calls", json.writeValueAsString(DemoTill.views()))
        .addObject("csrf", guard.token(request, response));
  }

  /** A channel as the page offers it. */
  record Choice(String key, String provider, String name, String nameEn, String can) {}

  private List<Choice> channels(Flow flow) {
    return channels.of(DemoShop.ID).stream()
        .filter(channel -> flow.takes(channel.pg().capabilities()))
        // Its prices are in won.
        .filter(channel -> channel.connector().currency().equals(Money.KRW))
        .map(DemoPage::choice)
        .toList();
  }

  /** JSON: what windows want beside the usual parameters, by PG. */
  private String samples() {
    return PgFacts.all().stream()
        .filter(facts -> facts.sample() != null)
        .map(facts -> json.writeValueAsString(facts.code()) + ":" + facts.sample())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static Choice choice(Channel channel) {
    return new Choice(
        channel.key(),
        channel.pg().provider(),
        channel.pg().nameKo(),
        channel.pg().nameEn(),
        String.join(" ", channel.pg().capabilities()));
  }

  /** In the layer the hub's and the PG's own pages show: a shop's policy has to let them. */
  private void protect(HttpServletResponse response) {
    String framed =
        Stream.of(settings.baseUrl(), settings.simulatorUrl())
            .filter(Objects::nonNull)
            .map(URI::toString)
            .collect(Collectors.joining(" "));
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
            + " frame-src 'self' "
            + framed);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }

  /**
   * Has the shop's server do something, and answers what it got.
   *
   * @param name of one of the {@link Call}s
   */
  @PostMapping(path = "/calls/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
  DemoTill.Answer call(@PathVariable String name, HttpServletRequest request)
      throws IOException, InterruptedException {
    guard.checkCall(request);
    Call call =
        Arrays.stream(Call.values())
            .filter(one -> one.name().equals(name.toUpperCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_CALL));
    JsonNode asked = body(request);
    JsonNode body = asked.path("body");
    if (!body.isObject() && !body.isMissingNode() && !body.isNull()) {
      throw Failed.invalid(Malformed.WRONG_FORM, "body");
    }
    return till.call(call, id(asked), body.isObject() ? body : null);
  }

  /** Plays the buyer at the bank. */
  @PostMapping(path = "/deposits", consumes = MediaType.APPLICATION_JSON_VALUE)
  DemoTill.Answer deposit(HttpServletRequest request) throws IOException, InterruptedException {
    guard.checkCall(request);
    String impUid = id(body(request));
    if (impUid == null) {
      throw Failed.invalid(Malformed.MISSING, "id");
    }
    return till.deposit(impUid);
  }

  /**
   * What happens, as it happens. A browser that comes back by itself says by a header what it got
   * last; the page, which begins anew after a refusal, by {@code last}.
   */
  @GetMapping("/events")
  void events(
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String header,
      @RequestParam(required = false) @Nullable String last,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    guard.checkReader(request);
    String known = header == null || header.isBlank() ? last : header;
    feed.tell(
        known == null || known.isBlank() || known.length() > LONGEST_ID ? null : known,
        () -> {
          response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
          response.setCharacterEncoding("UTF-8");
          response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
          response.setHeader("X-Accel-Buffering", "no");
          return response.getOutputStream();
        });
  }

  private JsonNode body(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      throw Failed.tooLarge(Malformed.BODY_OVER_LIMIT);
    }
    try {
      JsonNode asked = json.readTree(body);
      if (asked.isObject()) {
        return asked;
      }
    } catch (JacksonException malformed) {
      throw Failed.invalid(Refusal.BODY_NO_JSON);
    }
    throw Failed.invalid(Refusal.BODY_NO_OBJECT);
  }

  private static @Nullable String id(JsonNode asked) {
    JsonNode id = asked.path("id");
    if (id.isMissingNode() || id.isNull()) {
      return null;
    }
    if (!id.isString()) {
      throw Failed.invalid(Malformed.WRONG_FORM, "id");
    }
    return id.asString();
  }
}
