package dev.naru.simulator.kit.book;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Form;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of a book. The newest line about a thing replaces the older ones. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Entry.Charged.class, name = "charge"),
  @JsonSubTypes.Type(value = Entry.Key.class, name = "key"),
  @JsonSubTypes.Type(value = Entry.Window.class, name = "window"),
  @JsonSubTypes.Type(value = Entry.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = Entry.Replay.class, name = "replay"),
  @JsonSubTypes.Type(value = Entry.NoticeUrl.class, name = "notice-url"),
  @JsonSubTypes.Type(value = Entry.Receipt.class, name = "receipt"),
  @JsonSubTypes.Type(value = Entry.Delivery.class, name = "delivery"),
  @JsonSubTypes.Type(value = Entry.Told.class, name = "told"),
  @JsonSubTypes.Type(value = Entry.Registered.class, name = "registered")
})
public sealed interface Entry {

  record Charged(Charge charge) implements Entry {}

  enum KeyStage {
    /** The buyer consented in a window; the merchant has yet to fetch the key. */
    GRANTED,
    ACTIVE,
    DELETED
  }

  /** A billing key, or under its one-time grant the promise of one. */
  record Key(String id, String merchant, String customer, Charge.Means means, KeyStage stage)
      implements Entry {

    /** The same, that far. */
    public Key as(KeyStage stage) {
      return new Key(id, merchant, customer, means, stage);
    }
  }

  /**
   * A payment window that is open in some browser.
   *
   * @param fields what the merchant sent
   * @param accepts the methods the buyer may choose from
   */
  record Window(
      String id,
      String flow,
      Charge.Order order,
      Map<String, String> fields,
      List<Charge.Method> accepts)
      implements Entry {

    /** What the merchant sent under this name, or empty. */
    public String field(String name) {
      return fields.getOrDefault(name, "");
    }

    /** The same with one more field: what the buyer chose beside the method. */
    public Window with(String name, String value) {
      Map<String, String> more = new HashMap<>(fields);
      more.put(name, value);
      return new Window(id, flow, order, more, accepts);
    }
  }

  /**
   * Where a finished window sent the browser; pressing the button again leads to the same place.
   */
  record Ended(String window, Next next) implements Entry {}

  /**
   * Where a browser goes next.
   *
   * @param fields to be posted; a GET when there are none
   */
  record Next(String url, Map<String, String> fields, String charset, String relayTo) {

    /** A GET. */
    public static Next get(String url) {
      return new Next(url, Map.of(), "UTF-8", "");
    }

    /** A GET with these fields in its query, behind those it has. */
    public static Next get(String url, Map<String, String> fields) {
      return get(Form.onto(url, fields));
    }

    /** A POST of these fields. */
    public static Next post(String url, Map<String, String> fields, String charset) {
      return new Next(url, fields, charset, "");
    }
  }

  /** The first finished answer to a request with an idempotency key. */
  record Replay(String scope, int status, String body, Instant at) implements Entry {}

  enum ReceiptStage {
    /** The first request was swallowed; the next one is served. */
    SILENCED,
    ISSUED,
    CANCELLED
  }

  /**
   * A cash receipt. Whose it is, is not written.
   *
   * @param id what the PG knows it by
   * @param order the merchant's order id, empty where the PG takes none
   * @param effect what its identifier brings about
   */
  record Receipt(
      String id,
      String merchant,
      String order,
      Amounts amounts,
      String use,
      String applNum,
      Effect effect,
      ReceiptStage stage,
      Instant at,
      @Nullable Instant cancelledAt)
      implements Entry {

    /** The same, taken back. */
    public Receipt cancelled(Instant when) {
      return new Receipt(
          id, merchant, order, amounts, use, applNum, effect, ReceiptStage.CANCELLED, at, when);
    }

    /** The same, that far. */
    public Receipt as(ReceiptStage other) {
      return new Receipt(
          id, merchant, order, amounts, use, applNum, effect, other, at, cancelledAt);
    }
  }

  /** Of a receipt. */
  record Amounts(long total, long taxFree) {}

  /** The delivery of an escrow payment, by the courier's code and the number of the parcel. */
  record Delivery(
      String merchant, String order, String tid, String courier, String invoice, Instant at)
      implements Entry {}

  /**
   * What a merchant told the PG after the sale.
   *
   * @param about what is told apart from the others of its kind, empty where only the last counts
   * @param fields as they were told; nothing personal is among them
   * @param swallowed it was not heard: the next one will be
   */
  record Told(
      String merchant,
      String order,
      String tid,
      String operation,
      String about,
      Map<String, String> fields,
      boolean swallowed,
      Instant at)
      implements Entry {}

  /** Something else that a PG keeps in a register: of what kind, by what id, and what of it. */
  record Registered(String kind, String id, Map<String, String> facts) implements Entry {

    /** The kind of what a person has on a wish list. */
    public static final String WISH = "wish";

    /** What is known of it under this name, or empty. */
    public String fact(String name) {
      return facts.getOrDefault(name, "");
    }
  }

  /** Where a merchant wants its notices. */
  record NoticeUrl(String merchant, String url) implements Entry {}
}
