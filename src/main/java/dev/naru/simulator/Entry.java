package dev.naru.simulator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A line of a book. The newest line about a thing replaces the older ones. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Entry.Charged.class, name = "charge"),
  @JsonSubTypes.Type(value = Entry.Key.class, name = "key"),
  @JsonSubTypes.Type(value = Entry.Window.class, name = "window"),
  @JsonSubTypes.Type(value = Entry.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = Entry.Replay.class, name = "replay"),
  @JsonSubTypes.Type(value = Entry.NoticeUrl.class, name = "notice-url")
})
sealed interface Entry {

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

    Key as(KeyStage stage) {
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

    String field(String name) {
      return fields.getOrDefault(name, "");
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

    static Next get(String url) {
      return new Next(url, Map.of(), "UTF-8", "");
    }
  }

  /** The first finished answer to a request with an idempotency key. */
  record Replay(String scope, int status, String body, Instant at) implements Entry {}

  /** Where a merchant wants its notices. */
  record NoticeUrl(String merchant, String url) implements Entry {}
}
