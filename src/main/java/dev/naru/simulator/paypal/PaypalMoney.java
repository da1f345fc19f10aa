package dev.naru.simulator.paypal;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * An amount as PayPal has it: a decimal text on the wire, minor units in the books. The list of
 * currencies is PayPal's, and so are those without decimals: HUF and TWD have none here, though ISO
 * 4217 gives them two.
 */
record PaypalMoney(String currency, long minor) {

  private static final Set<String> CURRENCIES =
      Set.of(
          "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY",
          "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD");
  private static final Set<String> WHOLE = Set.of("HUF", "JPY", "TWD");

  /** How many decimals PayPal takes. */
  static int decimals(String currency) {
    return WHOLE.contains(currency) ? 0 : 2;
  }

  /**
   * Reads {@code {currency_code, value}}.
   *
   * @param field where it is, as the refusal says
   * @throws Refused if it is none, or in a currency PayPal does not take
   */
  static PaypalMoney read(JsonNode amount, String field) {
    String currency = amount.path("currency_code").asString("");
    String value = amount.path("value").asString("");
    if (currency.isEmpty() || value.isEmpty()) {
      String missing = currency.isEmpty() ? "/currency_code" : "/value";
      throw PaypalProblem.invalid("MISSING_REQUIRED_PARAMETER", field + missing);
    }
    if (!currency.matches("[A-Z]{3}")) {
      throw PaypalProblem.invalid("INVALID_PARAMETER_VALUE", field + "/currency_code");
    }
    if (!CURRENCIES.contains(currency)) {
      throw PaypalProblem.unprocessable("CURRENCY_NOT_SUPPORTED", field + "/currency_code");
    }
    if (!amount.path("value").isString() || !value.matches("-?\\d{1,15}(\\.\\d{1,10})?")) {
      throw PaypalProblem.invalid("INVALID_PARAMETER_VALUE", field + "/value");
    }
    BigDecimal number = new BigDecimal(value);
    if (number.scale() > decimals(currency)) {
      String issue = decimals(currency) == 0 ? "DECIMALS_NOT_SUPPORTED" : "DECIMAL_PRECISION";
      throw PaypalProblem.unprocessable(issue, field + "/value");
    }
    return new PaypalMoney(currency, number.movePointRight(decimals(currency)).longValueExact());
  }

  /** The same, which has to be more than nothing. */
  static PaypalMoney positive(JsonNode amount, String field) {
    PaypalMoney money = read(amount, field);
    if (money.minor() <= 0) {
      throw PaypalProblem.unprocessable("CANNOT_BE_ZERO_OR_NEGATIVE", field + "/value");
    }
    return money;
  }

  String value() {
    return BigDecimal.valueOf(minor, decimals(currency)).toPlainString();
  }

  Map<String, Object> json() {
    return Map.of("currency_code", currency, "value", value());
  }

  /** As much in the same currency. */
  PaypalMoney of(long other) {
    return new PaypalMoney(currency, other);
  }

  /** The cents a tester makes an amount end in, or -1 for a currency without. */
  long cents() {
    return decimals(currency) == 0 ? -1 : minor % 100;
  }

  /** What PayPal keeps of a sale: here always 4.4 percent and 0.30, never more than the sale. */
  PaypalMoney fee() {
    long fixed = decimals(currency) == 0 ? 0 : 30;
    return of(Math.min(minor, Math.round(minor * 0.044) + fixed));
  }
}
