package dev.naru.contract;

/**
 * A way in which an operation does not simply succeed.
 *
 * @param code of the envelope; 0 only where a part succeeded (207)
 * @param message the envelope's message, where clients match on it; else empty
 */
public record Refusal(int status, int code, String message, Text text) {}
