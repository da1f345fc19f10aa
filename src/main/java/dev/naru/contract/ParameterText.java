package dev.naru.contract;

import java.util.List;

/** A parameter in words, in one language. */
record ParameterText(Schemas schemas) {

  String of(Parameter parameter) {
    StringBuilder text = new StringBuilder(schemas.in(parameter.text()));
    Object sample = parameter.value().sample();
    if (sample instanceof String example && !example.isEmpty() && !Schemas.inExample(parameter)) {
      text.append(schemas.say(" Such as `", " 예: `")).append(example).append('`');
    }
    say(text, schemas.say("Only", "사용하는 PG"), parameter.pgs());
    say(text, schemas.say("Not", "쓸 수 없는 PG"), parameter.except());
    say(text, schemas.say("Needed by", "필수인 PG"), parameter.neededBy());
    say(text, schemas.say("Also called", "다른 이름"), parameter.older());
    parameter
        .requiredIf()
        .forEach(
            (name, is) ->
                text.append(schemas.say(" Required if `", " 필수 조건: `"))
                    .append(name)
                    .append("` = `")
                    .append(is)
                    .append('`'));
    if (parameter.marks().undocumented()) {
      text.append(schemas.say(" V1's own description does not have it.", " V1 문서에는 없습니다."));
    }
    return text.toString();
  }

  private static void say(StringBuilder text, String what, List<String> names) {
    if (!names.isEmpty()) {
      text.append(" (").append(what).append(": ").append(String.join(", ", names)).append(')');
    }
  }
}
