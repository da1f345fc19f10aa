package dev.naru.simulator.kit.web;

/**
 * Where somebody answers.
 *
 * @param prefix of the paths; the handler sees what is below it
 * @param testers whether it is for testers and the hub alone, see {@link Visitors}
 */
public record Door(String prefix, Handler handler, boolean testers) {

  /** Who answers. */
  @FunctionalInterface
  public interface Handler {

    /** What is to be done with a request. */
    Answer handle(Call call);
  }

  /** What PGs take from shops and their pages. */
  public static Door open(String prefix, Handler handler) {
    return new Door(prefix, handler, false);
  }

  /** What no PG has. */
  public static Door testers(String prefix, Handler handler) {
    return new Door(prefix, handler, true);
  }
}
