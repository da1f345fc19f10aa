package dev.naru.contract;

import java.util.List;

/**
 * An object of the wire.
 *
 * @param input shops send it, the hub does not
 */
public record Model(String name, Text text, boolean input, List<Field> fields) {

  public Model {
    fields = List.copyOf(fields);
  }
}
