package dev.naru.simulator.kit.book;

import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Seoul;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What a PG writes of a payment, of its cancels and of keys, each as a text; empty for nothing. */
public final class Facts {

  /** The bank every transfer comes from. */
  private static final String BANK = "088";

  private Facts() {}

  /** {@code id tid order name amount left paid}, what pays it, and what its order has beside. */
  public static Map<String, String> of(Charge charge) {
    Instant at = charge.course().at();
    Map<String, String> facts = of(charge.means());
    facts.putAll(charge.order().more());
    facts.put("id", charge.id());
    facts.put("tid", charge.tid());
    facts.put("order", charge.order().id());
    facts.put("name", charge.order().name());
    facts.put("amount", Long.toString(charge.order().amount()));
    facts.put("left", Long.toString(charge.balance()));
    facts.put("paid", at == null ? "" : Seoul.compact(at));
    return facts;
  }

  /** The same with {@code cancel back at} of one of its cancels. */
  public static Map<String, String> of(Charge charge, Cancel cancel) {
    Map<String, String> facts = of(charge);
    facts.put("cancel", cancel.id());
    facts.put("back", Long.toString(cancel.amount()));
    facts.put("at", Seoul.compact(cancel.at()));
    return facts;
  }

  /** {@code id customer}, and what it charges. */
  public static Map<String, String> of(Entry.Key key) {
    Map<String, String> facts = of(key.means());
    facts.put("id", key.id());
    facts.put("customer", key.customer());
    return facts;
  }

  /** {@code method}; of a card {@code issuer card months}, of a transfer {@code bank}. */
  private static Map<String, String> of(Means means) {
    Cards.Face face = means.card();
    Map<String, String> facts = new HashMap<>();
    facts.put("method", means.method().name());
    facts.put("issuer", face == null ? "" : Cards.issuer(face.issuer()).name());
    facts.put("card", face == null ? "" : face.masked());
    facts.put("months", face == null ? "0" : Integer.toString(face.months()));
    facts.put("bank", means.method() == Method.TRANSFER ? BANK : "");
    return facts;
  }
}
