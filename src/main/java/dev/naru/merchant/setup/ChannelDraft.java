package dev.naru.merchant.setup;

import dev.naru.connector.Pg;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel as an operator enters it.
 *
 * @param pg its code, as {@code Pg} has it
 * @param name what the shop calls it
 * @param key its {@code channel-key-…}; null for a new one
 * @param fields what {@link ConfigForm} asks for, by the names of its fields
 * @param acceptsUnknown see {@code Channel}
 */
public record ChannelDraft(
    String pg,
    Pg.Mode mode,
    String name,
    @Nullable String key,
    Map<String, String> fields,
    boolean acceptsUnknown) {

  public ChannelDraft {
    fields = Map.copyOf(fields);
  }

  /** What is entered may be secret. */
  @Override
  public String toString() {
    return "draft of a channel to " + pg;
  }
}
