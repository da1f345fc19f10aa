package dev.naru.simulator.emulated;

import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One emulated PG without a window, and its operations. */
interface EmulatedDesk {

  /**
   * An operation somebody asks for.
   *
   * @param id what it is about
   */
  record Asked(Caller caller, String operation, String id, JsonNode fields) {

    String account() {
      return caller.account();
    }

    String text(String field) {
      return fields.path(field).asString("");
    }
  }

  /** Who asks. */
  record Caller(String account, String password) {}

  Till till();

  Answer handle(Asked asked);

  /** A page by its unguessable address, empty if there is none. */
  default Optional<Answer> show(String page) {
    return Optional.empty();
  }
}
