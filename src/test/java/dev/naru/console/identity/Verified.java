package dev.naru.console.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.api.Shop;
import dev.naru.testing.Api;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Identity checks of a test's shop, as its server makes them. */
public final class Verified {

  private Verified() {}

  /** The code went out. */
  public static String asked(Shop shop, String phone) {
    Map<String, Object> person = new LinkedHashMap<>();
    person.put("pg", "danal");
    person.put("name", "김나루");
    person.put("phone", phone);
    person.put("birth", "000229");
    person.put("gender_digit", "4");
    person.put("carrier", "KT");
    Api.Answer answer = shop.api().post("/certifications/otp/request", person);
    assertThat(answer.code()).as(answer.message()).isZero();
    return answer.response().path("imp_uid").asString();
  }

  /** Somebody who gave it back. */
  public static String certified(Shop shop) {
    String phone = "010%08d".formatted(ThreadLocalRandom.current().nextInt(100_000, 100_000_000));
    String impUid = asked(shop, phone);
    String outbox =
        new ConsoleVisitor(Hub.shared().url()).get("/sandbox/outbox?phone=" + phone).body();
    String code = JsonMapper.shared().readTree(outbox).path(0).path("code").asString();
    Api.Answer answer =
        shop.api().post("/certifications/otp/confirm/" + impUid, Map.of("otp", code));
    assertThat(answer.code()).as(answer.message()).isZero();
    return impUid;
  }

  static JsonNode known(Shop shop, String impUid) {
    return shop.api().get("/certifications/" + impUid).response();
  }
}
