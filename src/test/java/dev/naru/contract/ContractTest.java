package dev.naru.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.connector.Capability;
import dev.naru.contract.Operation.Standing;
import dev.naru.contract.Parameter.Where;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table itself: whole, and consistent. */
class ContractTest {

  private static final Contract V1 = Contract.v1();
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");
  private static final Pattern KOREAN = Pattern.compile("[가-힣]");

  @Test
  void everyOperationIsThere() {
    Map<Boolean, Long> byOfficial =
        V1.operations().stream()
            .collect(
                Collectors.partitioningBy(
                    one -> one.standing() == Standing.CURRENT || one.standing() == Standing.HIDDEN,
                    Collectors.counting()));
    assertThat(byOfficial).containsEntry(true, 81L).containsEntry(false, 10L);
    assertThat(V1.operations().stream().filter(ContractTest::isOfficial).map(Operation::path))
        .satisfies(paths -> assertThat(new HashSet<>(paths)).hasSize(67));
  }

  private static boolean isOfficial(Operation operation) {
    return operation.standing() == Standing.CURRENT || operation.standing() == Standing.HIDDEN;
  }

  @Test
  void namesAreUnique() {
    assertThat(V1.operations()).extracting(Operation::id).doesNotHaveDuplicates();
    assertThat(V1.operations()).extracting(Operation::call).doesNotHaveDuplicates();
    for (Operation operation : V1.operations()) {
      assertThat(operation.parameters())
          .as(operation.call())
          .extracting(one -> one.where() == Where.QUERY ? "?" + one.name() : one.name())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void pathsAndTheirVariablesAgree() {
    for (Operation operation : V1.operations()) {
      Set<String> inPath = new TreeSet<>();
      Matcher variable = VARIABLE.matcher(operation.path());
      while (variable.find()) {
        inPath.add(variable.group(1));
      }
      assertThat(operation.parameters().stream().filter(p -> p.where() == Where.PATH))
          .as(operation.call())
          .extracting(Parameter::name)
          .containsExactlyInAnyOrderElementsOf(inPath);
      boolean hasNoBody = Set.of("GET", "DELETE").contains(operation.method());
      assertThat(hasNoBody && operation.hasBody()).as(operation.call()).isFalse();
    }
  }

  @Test
  void whatIsReferredToExists() {
    List<String> names = new ArrayList<>();
    for (Operation operation : V1.operations()) {
      names.addAll(operation.answer().models());
      names.addAll(operation.answer().beside().values());
      operation.parameters().forEach(parameter -> names.addAll(models(parameter.value())));
      Set<String> parameters =
          operation.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
      assertThat(parameters).as(operation.call()).containsAll(operation.atLeastOne());
      operation
          .parameters()
          .forEach(one -> assertThat(parameters).containsAll(one.requiredIf().keySet()));
    }
    V1.models().forEach(m -> m.fields().forEach(field -> names.addAll(models(field.value()))));
    names.add("Webhook");
    assertThat(names).allSatisfy(name -> assertThat(V1.model(name).fields()).isNotEmpty());
    assertThat(V1.models()).extracting(Model::name).allMatch(names::contains);
    assertThatThrownBy(() -> V1.model("Nothing")).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> models(Value value) {
    Value.Items items = value.items();
    return Stream.of(value.model(), items == null ? null : items.model())
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .toList();
  }

  /** Those who drive the API by the table start from the samples. */
  @Test
  void samplesFit() {
    for (Operation operation : V1.operations()) {
      for (Parameter parameter : operation.parameters()) {
        String place = operation.call() + " " + parameter.name();
        Object sample = parameter.value().sample();
        assertThat(sample).as(place).isNotNull();
        assertThat(problem(parameter.value(), Objects.requireNonNull(sample))).as(place).isEmpty();
      }
    }
  }

  private static String problem(Value value, Object sample) {
    boolean fits =
        switch (value.type()) {
          case STRING ->
              sample instanceof String text
                  && (value.limit() == null || text.length() <= value.limit());
          case NUMBER -> sample instanceof Number;
          case INTEGER -> sample instanceof Integer || sample instanceof Long;
          case BOOLEAN -> sample instanceof Boolean;
          case ARRAY -> sample instanceof List<?> list && !list.isEmpty();
          case OBJECT -> sample instanceof Map<?, ?> map && !map.isEmpty();
        };
    boolean allowed = value.allowed().isEmpty() || value.allowed().contains(sample);
    return fits && allowed ? "" : "sample " + sample + " does not fit";
  }

  /** The limits of V1's texts, wherever they travel under these names. */
  @Test
  void limitsAreV1s() {
    Map<String, Integer> limits =
        Map.ofEntries(
            Map.entry("customer_name", 20),
            Map.entry("customer_tel", 20),
            Map.entry("customer_email", 200),
            Map.entry("customer_addr", 200),
            Map.entry("customer_postcode", 8),
            Map.entry("channel_key", 55),
            Map.entry("channelGroupId", 55),
            Map.entry("channel_group_id", 55),
            Map.entry("pg", 80),
            Map.entry("vbank_key", 13),
            Map.entry("reason", 256),
            Map.entry("refund_holder", 16),
            Map.entry("refund_bank", 4),
            Map.entry("refund_account", 16),
            Map.entry("refund_tel", 16),
            Map.entry("buyer_addr", 128),
            Map.entry("buyer_postcode", 8),
            Map.entry("currency", 3));
    Set<String> seen = new HashSet<>();
    for (Operation operation : V1.operations()) {
      boolean ofNaverOrPaymentwall = Set.of("naver", "paymentwall").contains(operation.tag());
      for (Parameter parameter : operation.parameters()) {
        Integer limit = limits.get(parameter.name());
        if (limit != null && !ofNaverOrPaymentwall) {
          assertThat(parameter.value().limit())
              .as(operation.call() + " " + parameter.name())
              .isEqualTo(limit);
          seen.add(parameter.name());
        }
      }
    }
    assertThat(seen).containsAll(limits.keySet());
  }

  /** Clients in the wild predate it. */
  @Test
  void noChannelKeyIsRequired() {
    assertThat(V1.operations())
        .flatExtracting(Operation::parameters)
        .filteredOn(parameter -> parameter.name().equals("channel_key"))
        .hasSizeGreaterThan(10)
        .noneMatch(Parameter::required);
  }

  @Test
  void everythingIsSaidInBothLanguages() {
    List<Text> texts = new ArrayList<>();
    V1.tags().forEach(tag -> texts.addAll(List.of(tag.title(), tag.about())));
    for (Operation operation : V1.operations()) {
      texts.add(operation.summary());
      operation.parameters().forEach(parameter -> texts.add(parameter.text()));
      operation.refusals().forEach(refusal -> texts.add(refusal.text()));
    }
    V1.models().forEach(model -> texts.add(model.text()));
    assertThat(texts)
        .hasSizeGreaterThan(600)
        .allSatisfy(
            text -> {
              assertThat(text.english()).isNotBlank().doesNotContainPattern(KOREAN);
              assertThat(text.korean()).containsPattern("[가-힣]|^[A-Z]+$");
            });
    V1.models().stream()
        .flatMap(model -> model.fields().stream())
        .forEach(
            field -> {
              assertThat(field.text().english()).isNotBlank().doesNotContainPattern(KOREAN);
              assertThat(field.text().korean()).isNotBlank();
            });
  }

  @Test
  void aFileThatIsNotWellMadeIsTold() {
    Keys keys = new Keys("here", Map.of("limit", "forty", "colour", "red"));
    assertThatThrownBy(() -> keys.whole("limit"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("here: limit");
    assertThatThrownBy(keys::done).hasMessageContaining("[colour]");
    assertThatThrownBy(() -> new Keys("there", List.of())).hasMessageContaining("there");
  }

  /** What a PG must be able to do is a capability: so the document knows whose connectors can. */
  @Test
  void whereV1NamesPgsItIsSaidWhatTheyMustBeAbleToDo() {
    List<String> known = new ArrayList<>(List.of(Operation.ANY_PG));
    Capability.names().forEach(known::add);
    assertThat(Contract.v1().operations())
        .allSatisfy(
            operation -> {
              assertThat(operation.by().isEmpty())
                  .as(operation.id())
                  .isEqualTo(operation.pgs().isEmpty());
              assertThat(known).as(operation.id()).containsAll(operation.by());
            });
  }
}
