package dev.naru.payment.notice;

/**
 * How to answer the PG.
 *
 * @param taken false tells the PG to repeat
 */
public record NoticeAnswer(boolean taken, String body) {}
