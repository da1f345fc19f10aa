package dev.naru.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What operations answer as JSON Schema: V1's envelope and what is in it. */
record Envelopes(Schemas schemas) {

  private static final Map<String, Object> NULL = Map.of("type", "null");

  /** What an operation answers when it succeeds, in whole or in part. */
  Map<String, Object> answer(Answer answer) {
    Object response =
        switch (answer.shape()) {
          case NONE -> NULL;
          case ONE -> oneOf(answer.models());
          case LIST -> Map.of("type", "array", "items", oneOf(answer.models()));
          case PAGE -> page(oneOf(answer.models()));
        };
    if (!answer.enveloped()) {
      return answer.shape() == Answer.Shape.NONE ? Map.of() : oneOf(answer.models());
    }
    Map<String, Object> properties = envelope();
    properties.put(
        "response",
        answer.shape() == Answer.Shape.NONE ? NULL : Map.of("anyOf", List.of(response, NULL)));
    answer.beside().forEach((name, model) -> properties.put(name, Schemas.ref(model)));
    return Schemas.object(properties, List.of("code", "message", "response"));
  }

  private static Map<String, Object> oneOf(List<String> models) {
    return models.size() == 1
        ? Schemas.ref(models.getFirst())
        : Map.of("anyOf", models.stream().map(Schemas::ref).toList());
  }

  private Map<String, Object> page(Map<String, Object> one) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("total", whole("How many there are in all.", "전체 건수"));
    properties.put("previous", whole("The page before, 0 if none.", "이전 쪽. 없으면 0"));
    properties.put("next", whole("The page after, 0 if none.", "다음 쪽. 없으면 0"));
    properties.put("list", Map.of("type", "array", "items", one));
    return Schemas.object(properties, List.of("total", "previous", "next", "list"));
  }

  /** The envelope of what was refused. */
  Map<String, Object> refused() {
    Map<String, Object> properties = envelope();
    properties.put("response", NULL);
    Map<String, Object> schema = Schemas.object(properties, List.of("code", "message", "response"));
    Map<String, Object> sample = new LinkedHashMap<>();
    sample.put("code", -1);
    sample.put("message", schemas.say("Why, in Korean.", "거절한 이유"));
    sample.put("response", null);
    schema.put("examples", List.of(sample));
    return schema;
  }

  private Map<String, Object> envelope() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        "code",
        whole(
            "0 for success, 1 if refused by its state, -1 for anything else.",
            "0 성공, 1 상태 때문에 거절, -1 그 밖의 실패"));
    properties.put(
        "message",
        new LinkedHashMap<>(
            Map.of(
                "type",
                List.of("string", "null"),
                "description",
                schemas.say("Why it was refused, in Korean.", "거절한 이유"))));
    return properties;
  }

  private Map<String, Object> whole(String english, String korean) {
    return Map.of("type", "integer", "description", schemas.say(english, korean));
  }
}
