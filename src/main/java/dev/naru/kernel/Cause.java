package dev.naru.kernel;

/**
 * Why something is refused: a constant of its package's enum. Its text may have places for
 * arguments.
 */
public interface Cause extends Worded {

  /**
   * This cause of one certain refusal.
   *
   * @param arguments what the text has places for, in their order: {@link Worded} constants, {@link
   *     Why}s and {@link Name}s are said in the text's language, anything else as it is, numbers
   *     without grouping
   */
  default Why with(Object... arguments) {
    return Why.of(this, arguments);
  }
}
