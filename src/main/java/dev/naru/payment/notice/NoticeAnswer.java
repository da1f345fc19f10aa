package dev.naru.payment.notice;

/**
 * How to answer the PG.
 *
 * @param taken false tells the PG to repeat
 * @param why it does not count, in the words of the program's log; empty if it does
 */
public record NoticeAnswer(boolean taken, String body, String why) {

  /** Of one that counts, or that is nothing for us. */
  NoticeAnswer(boolean taken, String body) {
    this(taken, body, "");
  }
}
