package dev.naru.checkout;

import dev.naru.connector.Approval;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Decline;
import dev.naru.connector.facts.PgFacts;
import dev.naru.kernel.Wording;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.Statuses;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the shop's page learns about a payment; it proves nothing, the shop's server has to ask.
 *
 * <p>V1 has two sets of fields. PGs of its older modules deliver the whole payment with {@code
 * success}; those of its newer ones only imp_uid, merchant_uid and, on failure, error_code and
 * error_msg. Naru keeps to that, so that a page which works here works there. A page that loads one
 * of the historic scripts ({@code /js/iamport.payment-*.js}) gets every field with every PG, as
 * those scripts always delivered them: that is how a shop asks for them.
 *
 * <p>While nobody knows the outcome there is neither {@code success} nor an error_code: it is not a
 * failure, and a webhook follows.
 */
public record Result(Checkout checkout, Payment payment) {

  /** For refusals that have no code of a PG: V1's page of examples has this one. */
  public static final String NO_CODE = "F400";

  private static final String UNDECIDED = Wording.KOREAN.of(Word.PAYMENT_UNDECIDED);

  private static final List<String> IN_QUERY =
      List.of("imp_uid", "merchant_uid", "imp_success", "error_code", "error_msg");

  /** How it ended. */
  public enum End {
    DONE,
    FAILED,
    UNDECIDED,
    OPEN
  }

  /** Why it failed, in English. */
  @Nullable String why() {
    return payment.state() instanceof Payment.State.Failed(Decline decline, var at)
        ? English.of(decline.reason())
        : null;
  }

  public End end() {
    return switch (payment.state()) {
      case Payment.State.Paid paid -> End.DONE;
      case Payment.State.Waiting waiting -> End.DONE;
      case Payment.State.Failed failed -> End.FAILED;
      case Payment.State.Ready ready -> payment.isUndecided() ? End.UNDECIDED : End.OPEN;
    };
  }

  /** Neither done nor failed. */
  boolean isUndecided() {
    return end() == End.UNDECIDED || end() == End.OPEN;
  }

  /** What a callback gets. */
  public Map<String, Object> fields() {
    boolean every = hasEveryField();
    Map<String, Object> fields = new LinkedHashMap<>();
    if (every && end() == End.DONE) {
      fields.put("success", true);
    }
    if (every && end() == End.FAILED) {
      fields.put("success", false);
    }
    fields.put("imp_uid", payment.impUid().value());
    fields.put("merchant_uid", payment.purchase().merchantUid());
    error(fields);
    if (every) {
      purchase(fields);
      payment.approval().ifPresent(approval -> approval(fields, approval));
    } else if (end() == End.UNDECIDED) {
      fields.put("status", Statuses.of(payment));
    }
    return fields;
  }

  /** In a header only these characters can stand; a shop's address may have others. */
  private static final Pattern NOT_ASCII = Pattern.compile("[^!-~]+");

  /** m_redirect_url, all else in it as it was, with the result behind its own query. */
  String redirectUrl(String redirectUrl) {
    Map<String, Object> fields = new LinkedHashMap<>(fields());
    Object success = fields.get("success");
    if (success != null) {
      fields.put("imp_success", success);
    }
    return behind(redirectUrl, IN_QUERY, fields);
  }

  /** A URL of the shop's with the named fields behind its own query. */
  public static String behind(String redirectUrl, List<String> names, Map<String, Object> fields) {
    String query =
        names.stream()
            .filter(fields::containsKey)
            .map(name -> name + "=" + encode(fields.get(name)))
            .collect(Collectors.joining("&"));
    int hash = redirectUrl.indexOf('#');
    String url = hash < 0 ? redirectUrl : redirectUrl.substring(0, hash);
    String fragment = hash < 0 ? "" : redirectUrl.substring(hash);
    String glue = !url.contains("?") ? "?" : url.endsWith("?") || url.endsWith("&") ? "" : "&";
    return NOT_ASCII
        .matcher(url + glue + query + fragment)
        .replaceAll(found -> encode(found.group()));
  }

  private boolean hasEveryField() {
    return checkout.visitor().everyField() || PgFacts.of(payment.via().provider()).whole();
  }

  private void error(Map<String, Object> fields) {
    if (payment.state() instanceof Payment.State.Failed(Decline decline, var at)) {
      String code = decline.code();
      fields.put("error_code", code == null || code.isBlank() ? NO_CODE : code);
      fields.put("error_msg", decline.text());
    } else if (end() == End.UNDECIDED) {
      fields.put("error_msg", UNDECIDED);
    }
  }

  private void purchase(Map<String, Object> fields) {
    Purchase purchase = payment.purchase();
    fields.put("pay_method", purchase.method());
    fields.put("paid_amount", payment.charged().major());
    fields.put("currency", payment.amount().currency().getCurrencyCode());
    fields.put("status", Statuses.of(payment));
    fields.put("name", purchase.name());
    fields.put("pg_provider", payment.via().provider());
    fields.put("pg_type", "payment");
    fields.put("buyer_name", purchase.buyer().name());
    fields.put("buyer_email", purchase.buyer().email());
    fields.put("buyer_tel", purchase.buyer().tel());
    fields.put("buyer_addr", purchase.buyer().addr());
    fields.put("buyer_postcode", purchase.buyer().postcode());
    fields.put("custom_data", purchase.customData());
    putIf(fields, "customer_uid", purchase.customerUid());
    fields.put("paid_at", 0);
  }

  private void approval(Map<String, Object> fields, Approval approval) {
    fields.put("pay_method", approval.method());
    fields.put("pg_tid", approval.ref().tid());
    fields.put("emb_pg_provider", approval.brand());
    fields.put("receipt_url", approval.receiptUrl());
    fields.put("apply_num", approval.applyNum());
    if (payment.state() instanceof Payment.State.Paid(var ignored, var at)) {
      fields.put("paid_at", at.getEpochSecond());
    }
    CardInfo card = approval.card();
    if (card != null) {
      fields.put("card_name", card.name());
      fields.put("card_number", card.number());
      fields.put("card_quota", approval.quota());
    }
    Approval.Account account = approval.account();
    if (account != null) {
      fields.put("vbank_num", account.number());
      fields.put("vbank_name", account.bankName());
      fields.put("vbank_holder", account.holder());
      fields.put("vbank_date", account.due().getEpochSecond());
    }
  }

  private static void putIf(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  static String encode(@Nullable Object value) {
    return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
