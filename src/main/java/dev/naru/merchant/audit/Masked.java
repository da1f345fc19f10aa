package dev.naru.merchant.audit;

import dev.naru.kernel.Secret;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Writes JSON in which no secret can be read. */
final class Masked {

  private final JsonMapper mapper;

  Masked(JsonMapper json) {
    mapper =
        json.rebuild()
            .addModule(new SimpleModule("masked").addSerializer(Secret.class, new Stars()))
            .build();
  }

  @Nullable String json(@Nullable Object value) {
    return value == null ? null : mapper.writeValueAsString(value);
  }

  private static final class Stars extends ValueSerializer<Secret> {
    @Override
    public void serialize(Secret secret, JsonGenerator out, SerializationContext context) {
      out.writeString(secret.toString());
    }
  }
}
