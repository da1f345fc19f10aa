package dev.naru.simulator.kakaopay;

import static dev.naru.simulator.kakaopay.KakaopayAnswers.error;
import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Kakao Pay in the browser: a window is asked for by a server, and lives for fifteen minutes. */
final class KakaopayWindow implements Windows.Flow {

  /** A TID and its window live as long. */
  private static final Duration LIFE = Duration.ofMinutes(15);

  /** What a CID of the recurring kind begins with here; others are for single payments. */
  private static final String RECURRING = "TCSUBS";

  private final Till till;
  private final Ledger ledger;

  KakaopayWindow(Till till, Windows windows) {
    this.till = till;
    this.ledger = till.ledger();
    windows.add(ledger, this);
  }

  Answer ready(Call call, JsonNode body) {
    boolean recurring = text(body, "cid").startsWith(RECURRING);
    Answer wrong = wrong(body, recurring ? 0 : 1);
    if (wrong != null) {
      return wrong;
    }
    for (String url : List.of("approval_url", "cancel_url", "fail_url")) {
      if (!Windows.address(text(body, url)) || text(body, url).length() > 255) {
        return error(-726, "invalid " + url);
      }
    }
    List<Method> accepts = accepts(text(body, "payment_method_type"));
    int months = body.path("install_month").asInt(0);
    if (accepts.isEmpty() || months < 0 || months > 12) {
      return error(-726, "invalid payment_method_type or install_month");
    }
    Instant now = till.now();
    String tid = "T" + Numbers.digits(19);
    Map<String, String> fields = new HashMap<>(more(body));
    for (String name : List.of("approval_url", "cancel_url", "fail_url")) {
      fields.put(name, text(body, name));
    }
    fields.put("opened", now.toString());
    fields.put("months", body.has("install_month") ? Integer.toString(months) : "");
    fields.put("sid", recurring ? "S" + Numbers.digits(19) : "");
    fields.put(Windows.LABEL + Method.TRANSFER, "kakao-money");
    ledger.save(new Entry.Window(tid, "payment", order(body, Map.of()), fields, accepts));
    String at = call.origin() + "/" + ledger.pg();
    return Answer.Reply.json(
        200,
        Map.of(
            "tid", tid,
            "next_redirect_app_url", at + "/app/" + tid,
            "next_redirect_mobile_url", at + "/mobile/" + tid,
            "next_redirect_pc_url", at + "/pc/" + tid,
            "android_app_scheme", "kakaotalk://kakaopay/pg?url=" + at + "/app/" + tid,
            "ios_app_scheme", "kakaotalk://kakaopay/pg?url=" + at + "/app/" + tid,
            "created_at", KakaopayAnswers.time(now)));
  }

  private static List<Method> accepts(String type) {
    return switch (type) {
      case "" -> List.of(Method.CARD, Method.TRANSFER);
      case "CARD" -> List.of(Method.CARD);
      case "MONEY" -> List.of(Method.TRANSFER);
      default -> List.of();
    };
  }

  /** What a request says of its order, beside what every PG's does. */
  static Map<String, String> more(JsonNode body) {
    Map<String, String> more = new HashMap<>();
    more.put("user", text(body, "partner_user_id"));
    more.put("tax_free", Long.toString(body.path("tax_free_amount").asLong(0)));
    more.put("approved_id", Numbers.digits(8));
    return more;
  }

  static Order order(JsonNode body, Map<String, String> more) {
    return new Order(
        text(body, "cid"),
        text(body, "partner_order_id"),
        body.path("total_amount").asLong(0),
        text(body, "item_name"),
        more);
  }

  static @Nullable Answer wrong(JsonNode body, long least) {
    for (String name : List.of("partner_order_id", "partner_user_id", "item_name")) {
      if (text(body, name).isEmpty() || text(body, name).length() > 100) {
        return error(-726, "invalid " + name);
      }
    }
    long total = body.path("total_amount").asLong(-1);
    long free = body.path("tax_free_amount").asLong(-1);
    if (total < least || body.path("quantity").asInt(0) < 1) {
      return error(-725, "invalid total_amount or quantity");
    }
    return free < 0 || free > total ? error(-722, "invalid tax_free_amount") : null;
  }

  /** The browser comes to the window; when its time is over it is sent on. */
  Answer enter(Call call) {
    String[] path = call.path().split("/", -1);
    Entry.Window window =
        path.length == 3 && path[1].matches("pc|mobile|app") ? ledger.window(path[2]) : null;
    if (window == null) {
      return Answer.Reply.text(404, "text/plain;charset=UTF-8", "no such window\n");
    }
    if (ledger.end(window.id()) == null && isOver(window)) {
      return Answer.Reply.redirect(window.field("fail_url"));
    }
    String lang = call.params().get("lang");
    return Windows.enter(ledger, window.id(), lang == null ? "" : lang.equals("en") ? "en" : "ko");
  }

  boolean isOver(Entry.Window window) {
    return Instant.parse(window.field("opened")).plus(LIFE).isBefore(till.now());
  }

  /** The buyer agrees. A card that is no good is found out when the payment is approved. */
  @Override
  public Entry.Next finish(Entry.Window window, Means means, String bank) {
    if (isOver(window)) {
      return Entry.Next.get(window.field("fail_url"));
    }
    Map<String, String> more = new HashMap<>();
    for (String name : List.of("user", "tax_free", "approved_id", "sid")) {
      more.put(name, window.field(name));
    }
    String token = Numbers.token(20);
    more.put("pg_token", token);
    Instant opened = Instant.parse(window.field("opened"));
    ledger.save(
        Charge.begun(window.id(), window.order().with(more), instalments(window, means), opened));
    return Entry.Next.get(window.field("approval_url"), Map.of("pg_token", token));
  }

  /** The months the shop fixed outweigh the buyer's. */
  private static Means instalments(Entry.Window window, Means means) {
    Cards.Face face = means.card();
    return face == null || window.field("months").isEmpty()
        ? means
        : means.with(face.in(Integer.parseInt(window.field("months"))));
  }

  @Override
  public Entry.Next close(Entry.Window window) {
    return Entry.Next.get(window.field("cancel_url"));
  }
}
