package dev.naru.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document: valid, and able to tell what fits from what does not. */
class DocumentTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static JsonNode document(String language) {
    return JSON.valueToTree(Document.of(Contract.v1(), Locale.of(language), _ -> List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ko", "en"})
  void aParserOfOpenApi31UnderstandsAllOfIt(String language) {
    JsonNode document = document(language);
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult result =
        new OpenAPIV3Parser().readContents(document.toString(), List.of(), options);
    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    assertThat(result.getOpenAPI().getPaths()).hasSize(document.path("paths").size());
    assertThat(result.getOpenAPI().getComponents().getSchemas())
        .hasSize(document.path("components").path("schemas").size());
  }

  /** As OpenAPI 3.1 has it, schemas are JSON Schema 2020-12. */
  @Test
  void everySchemaIsOne() {
    Schema meta =
        SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    document("en")
        .path("components")
        .path("schemas")
        .properties()
        .forEach(
            schema ->
                assertThat(meta.validate(schema.getValue().toString(), InputFormat.JSON))
                    .as(schema.getKey())
                    .isEmpty());
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    JsonNode document = document("en");
    var references = Pattern.compile("\"\\$ref\":\"#([^\"]+)\"").matcher(document.toString());
    int found = 0;
    while (references.find()) {
      assertThat(document.at(references.group(1)).isMissingNode())
          .as(references.group(1))
          .isFalse();
      found++;
    }
    assertThat(found).isGreaterThan(500);
  }

  @Test
  void everyExampleFitsItsSchema() {
    JsonNode document = document("en");
    int examples = 0;
    for (JsonNode path : document.path("paths")) {
      for (JsonNode operation : path) {
        JsonNode content = operation.path("requestBody").path("content").path("application/json");
        if (content.has("example")) {
          String name = content.path("schema").path("$ref").asString().replaceFirst(".*/", "");
          assertThat(
                  schema(document, name)
                      .validate(content.path("example").toString(), InputFormat.JSON))
              .as(name)
              .isEmpty();
          examples++;
        }
      }
    }
    assertThat(examples).isGreaterThan(40);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    JsonNode document = document("en");
    Schema cancel = schema(document, "CancelPaymentRequest");
    assertThat(cancel.validate("{\"amount\": 1000}", InputFormat.JSON)).isNotEmpty();
    assertThat(cancel.validate("{\"imp_uid\": \"imp_1\"}", InputFormat.JSON)).isEmpty();
    String order = "가".repeat(41);
    assertThat(cancel.validate("{\"merchant_uid\": \"" + order + "\"}", InputFormat.JSON))
        .isNotEmpty();
    Schema ship = schema(document, "NaverShipRequest");
    assertThat(
            ship.validate(
                "{\"delivery_method\": \"DELIVERY\", \"dispatched_at\": 1}", InputFormat.JSON))
        .hasSize(2);
    assertThat(
            ship.validate(
                "{\"delivery_method\": \"NOTHING\", \"dispatched_at\": 1}", InputFormat.JSON))
        .isEmpty();
  }

  /** A schema of the document, with all that it refers to. */
  private static Schema schema(JsonNode document, String name) {
    return SCHEMAS.getSchema(
        JSON.valueToTree(
            Map.of(
                "$ref",
                "#/components/schemas/" + name,
                "components",
                document.path("components"))));
  }

  @Test
  void onlyTheTextsDiffer() {
    // Not isEqualTo: it would print them.
    assertThat(shape(document("ko")).equals(shape(document("en")))).isTrue();
    assertThat(document("ko").equals(document("en"))).isFalse();
    assertThat(document("en").toString().replaceAll("\"(message|sample|example)[^}]*", ""))
        .contains("Cancel a payment in part or whole")
        .doesNotContain("결제 취소 (전액, 부분)");
  }

  private static JsonNode shape(JsonNode document) {
    return JSON.readTree(
        document
            .toString()
            .replaceAll(
                "\"(title|summary|description|message)\":\"(\\\\.|[^\"\\\\])*\"", "\"$1\":\"\""));
  }

  @Test
  void whatIsNarusOwnIsSaidToBe() {
    JsonNode document = document("en");
    JsonNode components = document.path("components");
    assertThat(components.at("/parameters/Idempotency-Key/description").asString())
        .startsWith("Beyond V1");
    assertThat(components.at("/responses/429/description").asString()).startsWith("Beyond V1");
    assertThat(components.at("/schemas/Payment/properties/fail_code/description").asString())
        .endsWith("(beyond V1)");
    JsonNode cancel = document.path("paths").path("/payments/cancel").path("post");
    assertThat(cancel.path("parameters").toString()).contains("Tier", "Idempotency-Key");
    JsonNode token = document.path("paths").path("/users/getToken").path("post");
    assertThat(token.path("parameters")).isEmpty();
    assertThat(token.path("security")).isEmpty();
  }
}
