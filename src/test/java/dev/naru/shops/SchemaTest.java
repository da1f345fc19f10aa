package dev.naru.shops;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.naru.pg.Gateways;
import dev.naru.shops.table.Schema;
import dev.naru.shops.table.ShopTable;
import dev.naru.testing.Apart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The schema that editors read is what the table says, and the example obeys it. */
@Apart
class SchemaTest {

  private static final Path STORED = Path.of("src/main/resources/shops/shops.schema.json");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** {@code -Dschema.write=true} writes it. */
  @Test
  void isMadeOfTheTable() throws IOException {
    String made = JSON.writeValueAsString(Schema.of(ShopTable.of(Gateways.ALL))) + "\n";
    if (Boolean.getBoolean("schema.write")) {
      Files.createDirectories(STORED.getParent());
      Files.writeString(STORED, made);
    }
    assertThat(STORED).exists().content().isEqualTo(made);
  }

  @Test
  void theExampleObeysIt() throws IOException {
    com.networknt.schema.Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(Files.readString(STORED), InputFormat.JSON);
    String example = Files.readString(Path.of("shops.example.yaml"));
    assertThat(schema.validate(json(example), InputFormat.JSON)).isEmpty();
    assertThat(schema.validate(json(example.replace("webhook:", "webhok:")), InputFormat.JSON))
        .isNotEmpty();
    assertThat(schema.validate(json(example.replace("mid: im_", "api_iv: im_")), InputFormat.JSON))
        .isNotEmpty();
  }

  private static String json(String yaml) {
    LoadSettings core = LoadSettings.builder().setSchema(new CoreSchema()).build();
    return JSON.writeValueAsString(new Load(core).loadFromString(yaml));
  }
}
