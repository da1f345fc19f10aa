package dev.naru.client;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/**
 * What the steps of a script came to: a value each, or the error its client threw.
 *
 * @param order the merchant_uid of its payment, and how the others it makes begin
 */
record Steps(String order, JsonNode all) {

  /** What the client returned; fails if it threw. */
  JsonNode value(String step) {
    JsonNode outcome = outcome(step);
    assertThat(outcome.has("value")).as("%s: %s", step, outcome).isTrue();
    return outcome.path("value");
  }

  /** What the client threw; fails if it returned. */
  JsonNode error(String step) {
    JsonNode outcome = outcome(step);
    assertThat(outcome.has("error")).as("%s: %s", step, outcome).isTrue();
    return outcome.path("error");
  }

  /** Its {@code message}. */
  String message(String step) {
    return error(step).path("message").asString();
  }

  private JsonNode outcome(String step) {
    assertThat(all.has(step)).as("there is a step %s", step).isTrue();
    return all.path(step);
  }
}
