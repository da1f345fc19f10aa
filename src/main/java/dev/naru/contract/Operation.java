package dev.naru.contract;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An operation of V1.
 *
 * @param id a word for it, unique
 * @param path with its variables in braces
 * @param alsoAt the same without the last, optional variable; empty if there is none
 * @param open needs no token
 * @param movesMoney a payment or a key may come of it
 * @param jsonOnly takes no form
 * @param atLeastOne of these parameters; empty for no such rule
 * @param pgs the PGs that V1 offers it for, empty for all
 * @param by what a PG must be able to do for it, one of these capabilities; {@value #ANY_PG} where
 *     it asks nothing of a PG; empty where V1 names no PGs
 */
public record Operation(
    String id,
    String method,
    String path,
    String alsoAt,
    String tag,
    Standing standing,
    Text summary,
    Text more,
    boolean open,
    boolean movesMoney,
    boolean jsonOnly,
    List<String> atLeastOne,
    List<String> pgs,
    List<String> by,
    List<Parameter> parameters,
    Answer answer,
    List<Refusal> refusals) {

  /** In place of capabilities. */
  public static final String ANY_PG = "any";

  /** What V1's own description says of it. */
  public enum Standing {
    CURRENT,
    /** Not shown any more, still served. */
    HIDDEN,
    /** Gone, and still called by clients in the wild. */
    RETIRED,
    /** Never part of it. */
    OUTSIDE
  }

  public Operation {
    atLeastOne = List.copyOf(atLeastOne);
    pgs = List.copyOf(pgs);
    by = List.copyOf(by);
    parameters = List.copyOf(parameters);
    refusals = List.copyOf(refusals);
  }

  /** Every status it may answer with; what is the same for all operations included. */
  public SortedSet<Integer> statuses() {
    SortedSet<Integer> statuses = new TreeSet<>(List.of(200, 429));
    refusals.forEach(refusal -> statuses.add(refusal.status()));
    if (!parameters.isEmpty()) {
      statuses.add(400);
    }
    if (hasBody()) {
      statuses.add(413);
    }
    if (!open) {
      statuses.addAll(List.of(401, 403, 404));
    }
    if (takesKey()) {
      statuses.addAll(List.of(409, 422));
    }
    return statuses;
  }

  /**
   * How it refuses a parameter: by 400 only where it is told of, for V1's clients know no other.
   */
  public int refusesBy() {
    return refusals.stream().anyMatch(refusal -> refusal.status() == 400) ? 400 : 200;
  }

  /** Whether anything of it travels in the body. */
  public boolean hasBody() {
    return parameters.stream().anyMatch(one -> one.where() == Parameter.Where.BODY);
  }

  /** Whether it heeds Idempotency-Key. */
  public boolean takesKey() {
    return method.equals("POST") && !open;
  }

  /** Method and path, as one text. */
  public String call() {
    return method + " " + path;
  }
}
