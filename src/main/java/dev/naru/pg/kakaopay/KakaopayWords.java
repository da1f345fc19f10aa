package dev.naru.pg.kakaopay;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Canceled;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.Visit;
import dev.naru.connector.http.PgClocks;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * V1's parameters in the words of Kakao Pay, and its answers in ours. {@code pay_method} is not
 * among the first, the buyer picks in the window; nor is {@code vat_amount}, which the PG computes.
 * Whatever is missing in an answer, or strange, throws, which makes the outcome unknown.
 */
final class KakaopayWords {

  /** V1's option of a phone that is to show the window of PCs. */
  static final String AS_PC = "kakaopayMobileAsPC";

  private static final String BYPASS = "bypass.kakaopay.";
  private static final CodeTable ISSUERS = CodeTable.load("kakaopay-issuers");
  private static final int LONGEST_PAYLOAD = 200;
  private static final int MOST_MONTHS = 12;

  /** By how the name begins: the PG publishes names and, but for a few, no codes. */
  private static final CodeTable CORPS = CodeTable.load("kakaopay-corps");

  /** How far the PG's own clocks may be from each other, and some more. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** How far ours was ahead at most, if nobody had measured it when a charge began. */
  private static final Duration UNMEASURED = Duration.ofHours(1);

  private KakaopayWords() {}

  /** What every charge says. */
  static ObjectNode sold(Order order) {
    return Tree.object()
        .put("partner_order_id", order.id())
        .put("item_name", order.name())
        .put("quantity", 1)
        .put("total_amount", order.amount().minor())
        .put("tax_free_amount", order.tax().free());
  }

  /** Throws {@link IllegalArgumentException} with a text for the buyer's page. */
  static ObjectNode ready(Order order, Visit visit) {
    if (!order.amount().currency().equals(Money.KRW)) {
      throw new IllegalArgumentException("원화(KRW) 결제만 지원합니다. (currency)");
    }
    String back = visit.back() + (visit.back().getQuery() == null ? "?" : "&");
    ObjectNode body =
        sold(order)
            .put("approval_url", back + "order=" + order.id())
            .put("cancel_url", visit.close().toString())
            .put("fail_url", back + "order=" + order.id() + "&failed=1");
    Integer months = months(order);
    if (months != null) {
      body.put("install_month", months);
    }
    String direct = order.option("card.direct.code");
    Set<String> cards =
        direct == null ? cards(order.option("card.detail")) : Set.of(issuer(direct));
    if (!cards.isEmpty()) {
      cards.forEach(body.putArray("available_cards")::add);
    }
    String type = order.option(BYPASS + "payment_method_type");
    if (type != null && !type.matches("CARD|MONEY")) {
      throw new IllegalArgumentException(
          "결제수단은 CARD 또는 MONEY여야 합니다. (bypass.kakaopay.payment_method_type)");
    }
    if (type != null || direct != null) {
      body.put("payment_method_type", type == null ? "CARD" : type);
    }
    custom(order, visit, body);
    return body;
  }

  /** The PG takes the way back into an app here, which it goes on iOS only. */
  private static void custom(Order order, Visit visit, ObjectNode body) {
    ObjectNode custom = Tree.object();
    String message = order.option(BYPASS + "custom_message");
    if (message != null) {
      custom.put("custom_message", message);
    }
    if (visit.mobile() && visit.appScheme() != null) {
      custom.put("return_custom_url", visit.appScheme());
    }
    if (!custom.isEmpty()) {
      body.set("custom_json", custom);
    }
  }

  /** Fixed for the buyer; null leaves it to them. */
  private static @Nullable Integer months(Order order) {
    String quotas = order.option("display.card_quota");
    String quota = quotas == null ? Integer.toString(order.quota()) : quotas.strip();
    if (quota.isEmpty()) {
      return 0;
    }
    if (!quota.matches("\\d{1,2}") || Integer.parseInt(quota) > MOST_MONTHS) {
      throw new IllegalArgumentException(
          "카카오페이의 할부 개월은 0에서 12 사이의 값 하나만 지정할 수 있습니다. (display.card_quota)");
    }
    return quotas == null && order.quota() == 0 ? null : Integer.valueOf(quota);
  }

  /** Those that V1's list of card companies leaves; none means any. */
  private static Set<String> cards(@Nullable String detail) {
    boolean all = true;
    Set<String> on = new LinkedHashSet<>();
    Set<String> off = new LinkedHashSet<>();
    String wrong = "카드사 설정이 올바르지 않습니다. (card.detail)";
    for (JsonNode entry : Tree.of(detail == null ? "[]" : detail, wrong)) {
      String code = Tree.said(entry, "card_code");
      boolean enabled = entry.path("enabled").asBoolean(true);
      if (code.equals("*")) {
        all = enabled;
      } else {
        (enabled ? on : off).add(issuer(code));
      }
    }
    if (all && off.isEmpty()) {
      return Set.of();
    }
    Set<String> cards = new LinkedHashSet<>(all ? List.copyOf(ISSUERS.rows().values()) : on);
    cards.removeAll(off);
    if (cards.isEmpty()) {
      throw new IllegalArgumentException("사용할 수 있는 카드사가 없습니다. (card.detail)");
    }
    return cards;
  }

  private static String issuer(String code) {
    String issuer = ISSUERS.get(code);
    if (issuer == null) {
      throw new IllegalArgumentException("카카오페이에서 지정할 수 없는 카드사입니다. (" + code + ")");
    }
    return issuer;
  }

  /** What the window came to is made a charge, a SID, or both. */
  static ObjectNode approve(Order order, Map<String, String> intent) {
    return Tree.object()
        .put("partner_order_id", order.id())
        .put("cid", intent.get("cid"))
        .put("tid", intent.get("tid"))
        .put("partner_user_id", intent.get("user"))
        .put("pg_token", intent.get("pg_token"))
        .put("total_amount", order.amount().minor());
  }

  /** The tax-free part of the whole is that of the order, whatever the shop says. */
  static ObjectNode cancel(CancelOrder cancel, ObjectNode body) {
    long free = cancel.isWhole() ? cancel.order().tax().free() : cancel.tax().free();
    return body.put("cancel_amount", cancel.amount().minor())
        .put("cancel_tax_free_amount", free)
        .put("cancel_available_amount", cancel.before().minor())
        .put("payload", cut(cancel.reason()));
  }

  /** Gives back all that an order says is left. */
  static ObjectNode all(JsonNode order, String reason, ObjectNode body) {
    JsonNode left = order.required("cancel_available_amount");
    long total = left.required("total").longValue();
    return body.put("cancel_amount", total)
        .put("cancel_tax_free_amount", left.path("tax_free").asLong(0))
        .put("cancel_available_amount", total)
        .put("payload", cut(reason));
  }

  private static String cut(String reason) {
    return reason.length() <= LONGEST_PAYLOAD ? reason : reason.substring(0, LONGEST_PAYLOAD);
  }

  /** Of approve and subscription. */
  static Approval approval(Order order, JsonNode answer) {
    if (!Tree.text(answer, "partner_order_id").equals(order.id())) {
      throw new IllegalArgumentException("another order's answer");
    }
    return approval(answer, answer.path("card_info"));
  }

  /**
   * V1 has no method for money: what a wallet pays without a card are points. Cancels and look-ups
   * must name the CID the charge was made with.
   */
  private static Approval approval(JsonNode answer, JsonNode card) {
    String tid = Tree.text(answer, "tid");
    return Approval.of(
            new PgRef(tid),
            total(answer, "amount"),
            Seoul.ofIso(Tree.text(answer, "approved_at")),
            Tree.text(answer, "payment_method_type").equals("MONEY") ? "point" : "card")
        .applyNum(Tree.optional(card, "approved_id"))
        .card(card(card), card.path("install_month").asInt(0))
        .memo(Map.of("tid", tid, "cid", Tree.text(answer, "cid")))
        .build();
  }

  static PgKey key(String owner, JsonNode answer) {
    return new PgKey(new Secret(Tree.text(answer, "sid")), owner, card(answer.path("card_info")));
  }

  static Canceled canceled(JsonNode answer) {
    return new Canceled(
        new PgRef(Tree.text(answer, "aid")), Seoul.ofIso(Tree.text(answer, "canceled_at")), null);
  }

  /**
   * Whether a SID was charged, and not only before: the charge began by our clock, the last one was
   * by theirs. While the two do not agree, or nobody knows, neither does anybody know this.
   *
   * @param ahead our clock less theirs at most when it began, in milliseconds; null if unmeasured
   * @param last when the SID was charged last; empty if never
   * @param skew our clock less theirs now
   */
  static Outcome<Optional<PgRecord>> charged(
      Instant begun, @Nullable String ahead, Optional<Instant> last, Optional<PgClocks.Skew> skew) {
    if (last.isEmpty()) {
      return new Ok<>(Optional.empty());
    }
    if (skew.filter(PgClocks.Skew::isSmall).isEmpty()) {
      return new Unknown<>("the SID was charged at " + last.get() + ", by another clock");
    }
    Duration most = ahead == null ? UNMEASURED : Duration.ofMillis(Long.parseLong(ahead));
    return last.get().isBefore(begun.minus(most).minus(MARGIN))
        ? new Ok<>(Optional.empty())
        : new Unknown<>(PgRecord.NAMELESS + ": the SID at " + last.get());
  }

  /** Of order: when the PG gave out its TID, by its clock; by ours if it does not tell. */
  static Instant begun(Order order, JsonNode answer) {
    String created = Tree.optional(answer, "created_at");
    return created == null ? order.at() : Seoul.ofIso(created);
  }

  /**
   * Of order.
   *
   * @param over its time is over: if it was not approved it never will be
   */
  static PgRecord record(Order order, JsonNode answer, boolean over) {
    String status = Tree.text(answer, "status");
    return switch (status) {
      case "SUCCESS_PAYMENT" -> PgRecord.paid(found(answer), left(answer));
      case "PART_CANCEL_PAYMENT", "CANCEL_PAYMENT" ->
          PgRecord.canceled(found(answer), left(answer));
      case "FAIL_PAYMENT", "FAIL_AUTH_PASSWORD", "QUIT_PAYMENT" -> PgRecord.dead(order);
      case "READY", "SEND_TMS", "OPEN_PAYMENT", "SELECT_METHOD", "ARS_WAITING", "AUTH_PASSWORD" ->
          over ? PgRecord.dead(order) : PgRecord.running(order);
      case "ISSUED_SID" -> PgRecord.running(order);
      default -> throw new IllegalArgumentException("status " + status);
    };
  }

  private static Approval found(JsonNode answer) {
    return approval(answer, answer.path("selected_card_info"));
  }

  private static Money left(JsonNode answer) {
    return total(answer, "cancel_available_amount");
  }

  /** The PG tells the first six digits of a card and no more; of order, under other names. */
  private static @Nullable CardInfo card(JsonNode card) {
    if (!card.isObject()) {
      return null;
    }
    String issuer = first(card, "kakaopay_issuer_corp", "card_corp_name");
    String acquirer = code(Tree.optional(card, "kakaopay_purchase_corp"));
    String bin = first(card, "bin", "card_bin");
    return Institutions.card(code(issuer), issuer == null ? "" : issuer)
        .issued()
        .publishedBy(acquirer, Institutions.cardName(acquirer))
        .numbered(
            bin == null ? null : bin + "**********",
            Institutions.cardType(Tree.said(card, "card_type")));
  }

  private static @Nullable String first(JsonNode card, String name, String otherName) {
    String told = Tree.optional(card, name);
    return told == null ? Tree.optional(card, otherName) : told;
  }

  private static @Nullable String code(@Nullable String corp) {
    return corp == null ? null : CORPS.first(corp::startsWith);
  }

  private static Money total(JsonNode answer, String field) {
    return Money.krw(answer.required(field).required("total").longValue());
  }
}
