package dev.naru.contract;

import dev.naru.contract.Contract.Serving;
import dev.naru.contract.Operation.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the document says in sentences. */
record Preface(Locale language, Serving serving) {

  private static final Text TITLE = new Text("Naru: the V1 REST API", "나루 V1 REST API");

  private static final Text ABOUT =
      new Text(
          """
          Every answer is JSON in one envelope, `{"code", "message", "response"}`. HTTP 200 does not
          mean success: `code` 0 does. 1 was refused because of the state things are in, -1 is
          anything else, and `message` says why, in Korean.

          Bodies are JSON, forms (`extra[requester]=admin`, `imp_uid[]=a&imp_uid[]=b`) or multipart
          forms, in UTF-8. Numbers may be texts; an optional parameter that is null, empty (`""`,
          `[]`, `{}`) or the text `null` or `undefined` is as good as absent; unknown parameters are
          ignored, and so are those that the PG or the method does not read. Amounts are in the
          currency's main unit and are never guessed: `15,000` is refused. Times are UNIX seconds.

          A body `[]` or `null` means no parameters, the body of a GET is not read, what is read by
          GET is also read by POST, and repeated slashes in a path are one.

          While the outcome of a charge is not known, the request waits up to 20 seconds, then
          answers with `status` `ready`; a webhook follows whatever the end is.

          Beyond V1: `fail_code` of a payment, the header `Idempotency-Key`, request rates with 429.
          """,
          """
          모든 응답은 `{"code", "message", "response"}` 형식의 JSON입니다. HTTP 200이라도 성공이 아닐 수 있으며
          `code`가 0이어야 성공입니다. 1은 현재 상태 때문에 거절한 것이고 -1은 그 밖의 실패이며, 사유는 `message`에 있습니다.

          본문은 UTF-8 JSON, 폼(`extra[requester]=admin`, `imp_uid[]=a&imp_uid[]=b`) 또는 멀티파트 폼입니다. 숫자는 문자열로
          보내도 되고, 선택 파라미터가 null이거나 비어 있거나(`""`, `[]`, `{}`) 글자 그대로 `null`, `undefined`이면 없는 것과
          같습니다. 모르는 파라미터와 그 PG나 결제수단이 읽지 않는 파라미터는 무시합니다. 금액은 통화의 기본 단위이며 추측하지
          않으므로 `15,000`은 거절합니다. 시각은 UNIX 초입니다.

          본문이 `[]`나 `null`이면 파라미터가 없는 것이고 GET의 본문은 읽지 않습니다. GET으로 조회하는 것은 POST로도 조회할 수 있고,
          경로에서 되풀이한 슬래시는 하나로 봅니다.

          결제 결과를 아직 모르면 최대 20초를 기다린 뒤 `status` `ready`로 답하고, 결과가 정해지면 반드시 웹훅으로 알립니다.

          V1에 없는 것: 결제의 `fail_code`, `Idempotency-Key` 헤더, 요청 한도와 429 응답.
          """);

  private static final Text TOKEN =
      new Text(
          "The token of POST /users/getToken, with or without a scheme such as Bearer before it.",
          "POST /users/getToken으로 받은 토큰. 앞에 Bearer 같은 방식 이름이 있어도 되고 없어도 됩니다.");

  private static final Text TIER =
      new Text(
          "Acts for this sub-shop of the key's owner: three characters A–Z, 0–9.",
          "키를 가진 대표 상점의 하위 상점 코드. A–Z, 0–9 세 글자이며, 있으면 그 하위 상점으로 처리합니다.");

  private static final Text KEY =
      new Text(
          "Beyond V1. Of POSTs with the same key and input one is served, and all get its answer.",
          "V1에 없는 기능. 같은 키와 내용의 POST는 한 번만 처리하고 모두 같은 응답을 받습니다.");

  /** A webhook in words. */
  record Webhook(String summary, String description, String taken) {}

  String in(Text text) {
    return text.in(language);
  }

  private String say(String english, String korean) {
    return in(new Text(english, korean));
  }

  Map<String, Object> info() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("title", in(TITLE));
    info.put("version", "1");
    info.put("description", in(ABOUT));
    info.put(
        "license",
        Map.of("name", "Apache-2.0", "url", "https://www.apache.org/licenses/LICENSE-2.0"));
    return info;
  }

  String token() {
    return in(TOKEN);
  }

  String tier() {
    return in(TIER);
  }

  String idempotencyKey() {
    return in(KEY);
  }

  Webhook webhook() {
    return new Webhook(
        say("A payment has changed", "결제 상태 변경 알림"),
        say(
            "Sent to notice_url, else to the address in the settings. It proves nothing: read the"
                + " payment by its imp_uid. JSON or a form, as the settings say; webhook-id,"
                + " webhook-timestamp and webhook-signature are Standard Webhooks'.",
            "notice_url 또는 설정된 주소로 보냅니다. 웹훅은 증명이 아니므로 imp_uid로 결제를 조회하세요. 설정에 따라 JSON 또는"
                + " 폼이며, webhook-id, webhook-timestamp, webhook-signature 헤더는 Standard"
                + " Webhooks를 따릅니다."),
        say("It was received. Anything else is tried again.", "받았음. 그 밖의 응답이면 다시 보냅니다."));
  }

  String describe(Operation operation) {
    return Stream.of(
            in(operation.more()),
            standing(operation.standing()),
            operation.atLeastOne().isEmpty()
                ? ""
                : say("At least one of these: ", "다음 중 하나는 필수: ")
                    + operation.atLeastOne().stream()
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", "))
                    + ".",
            operation.pgs().isEmpty()
                ? ""
                : say("PGs that V1 offers it for: ", "V1이 지원하는 PG: ")
                    + String.join(", ", operation.pgs())
                    + ".",
            served(operation))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  /** Beside V1's PGs those that this hub has connectors to; what they can do, their types say. */
  private String served(Operation operation) {
    if (operation.by().isEmpty()) {
      return "";
    }
    if (operation.by().contains(Operation.ANY_PG)) {
      return say("PGs that Naru serves it for: all of its PGs.", "나루가 지원하는 PG: 나루에 연결된 모든 PG.");
    }
    List<String> pgs = serving.pgs(Set.copyOf(operation.by()));
    return pgs.isEmpty()
        ? say("Naru serves it for none of its PGs here.", "나루가 지원하는 PG: 없음.")
        : say("PGs that Naru serves it for: ", "나루가 지원하는 PG: ") + String.join(", ", pgs) + ".";
  }

  private String standing(Standing standing) {
    return switch (standing) {
      case CURRENT -> "";
      case HIDDEN -> say("V1 hides it, and serves it still.", "V1 문서에서 숨겨졌지만 여전히 쓸 수 있는 기능입니다.");
      case RETIRED -> say("V1 has retired it.", "V1에서 종료된 기능입니다.");
      case OUTSIDE -> say("Not part of V1's own description.", "V1 API 문서에는 포함되지 않은 기능입니다.");
    };
  }

  /** Of an answer that may be a refusal all the same. */
  String outcome(int status, List<Refusal> refusals) {
    if (status == 207) {
      return reasons(refusals);
    }
    String done = say("Done, if code is 0.", "code가 0이면 성공");
    return refusals.isEmpty() ? done : done + "\n\n" + reasons(refusals);
  }

  String reasons(List<Refusal> refusals) {
    return refusals.stream().map(this::reason).collect(Collectors.joining("\n"));
  }

  private String reason(Refusal refusal) {
    String code = refusal.status() == 200 ? "`code` " + refusal.code() + ": " : "";
    String message = refusal.message().isEmpty() ? "" : " (`" + refusal.message() + "`)";
    return "- " + code + in(refusal.text()) + message;
  }
}
