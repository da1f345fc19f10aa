package dev.naru.kernel;

/**
 * A constant whose text stands in a message bundle, in every language of {@link Wording}. Enums
 * implement it: the bundle is named after their package ({@code messages/payment_ko.properties}),
 * the key is the enum's name, a dot, and the constant's.
 */
public interface Worded {

  String name();
}
