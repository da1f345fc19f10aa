package dev.naru.api;

import dev.naru.api.wire.Params;
import dev.naru.connector.identity.Person;
import dev.naru.connector.identity.Person.Carrier;
import dev.naru.connector.identity.Person.Gender;
import dev.naru.connector.identity.Person.Line;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Malformed;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads whom an identity verification is about out of its parameters. */
@Component
class Persons {

  private static final Pattern PHONE = Pattern.compile("01[016789][0-9]{7,8}");
  private static final Pattern BIRTH = Pattern.compile("[0-9]{6}");
  private static final Pattern LONG_BIRTH = Pattern.compile("(19|20)[0-9]{6}");
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{3,45}");
  private static final Pattern CALLBACK = Pattern.compile("(?!070|060)[0-9]{8,12}");

  /** Where KCP puts the code into a text of the shop's own. */
  private static final String CODE = "[000000]";

  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final HubClock clock;
  private final JsonMapper json;

  Persons(HubClock clock, JsonMapper json) {
    this.clock = clock;
    this.json = json;
  }

  /** Throws {@link Failed} invalid for the first parameter that does not fit. */
  Person read(Params params) {
    String name = params.required("name", 50).strip();
    String phone = digits(params, "phone", 20);
    if (!PHONE.matcher(phone).matches()) {
      throw wrong("phone", Word.MOBILE);
    }
    String birth = digits(params, "birth", 10);
    String digit = params.required("gender_digit", 10).strip();
    if (!digit.matches("[1-8]")) {
      throw wrong("gender_digit", Word.SEVENTH_DIGIT);
    }
    int seventh = digit.charAt(0) - '0';
    params.required("carrier", 40);
    String carrier = params.oneOf("carrier", Set.of("SKT", "KT", "LGT"));
    return new Person(
        name,
        birth(birth, seventh),
        seventh % 2 == 1 ? Gender.MALE : Gender.FEMALE,
        seventh > 4,
        new Line(phone, Carrier.valueOf(String.valueOf(carrier)), params.flag("is_mvno")));
  }

  /**
   * The seventh digit tells the century: 1, 2, 5, 6 the twentieth, 3, 4, 7, 8 this one. Some shops
   * write it out, and then it must be the same.
   */
  private LocalDate birth(String given, int seventh) {
    String digits = given;
    try {
      String century8 = (seventh - 1) / 2 % 2 == 0 ? "19" : "20";
      if (LONG_BIRTH.matcher(given).matches() && given.startsWith(century8)) {
        digits = given.substring(2);
      }
      if (BIRTH.matcher(digits).matches()) {
        int century = (seventh - 1) / 2 % 2 == 0 ? 1900 : 2000;
        LocalDate birth =
            LocalDate.of(
                century + Integer.parseInt(digits.substring(0, 2)),
                Integer.parseInt(digits.substring(2, 4)),
                Integer.parseInt(digits.substring(4)));
        if (!birth.isAfter(LocalDate.ofInstant(clock.instant(), HubClock.SEOUL))) {
          return birth;
        }
      }
    } catch (DateTimeException noSuchDay) {
      // Refused below, as any other text is.
    }
    throw wrong("birth", Word.BIRTH);
  }

  /**
   * V1's {@code ip}.
   *
   * @param caller the address that stands for a missing one
   */
  static String address(Params params, String caller) {
    String ip = params.text("ip", 45);
    if (ip != null && !ADDRESS.matcher(ip).matches()) {
      throw wrong("ip", Word.IP_ADDRESS);
    }
    return ip == null ? caller : ip;
  }

  /** Of V1's {@code bypass}, an object or its JSON text, what is meant for KCP. */
  Map<String, String> forKcp(Params params) {
    Map<String, String> passed = new LinkedHashMap<>();
    Params bypass = bypass(params);
    String media = bypass.oneOf("media_type", Set.of("MC01", "MC02"));
    if (media != null) {
      passed.put("media_type", media);
    }
    String site = bypass.text("web_siteid", 40);
    if (site != null) {
      passed.put("web_siteid", site);
    }
    String message = bypass.text("cp_sms_msg", 80);
    if (message != null) {
      if (!message.contains(CODE)) {
        throw Failed.invalid(Refusal.MESSAGE_WITHOUT_CODE, CODE);
      }
      passed.put("cp_sms_msg", message);
    }
    String callback = bypass.text("cp_callback", 20);
    if (callback != null) {
      String number = callback.replaceAll("[^0-9]", "");
      if (!CALLBACK.matcher(number).matches()) {
        throw wrong("bypass.kcpV2.cp_callback", Word.CALLBACK);
      }
      passed.put("cp_callback", number);
    }
    return passed;
  }

  private Params bypass(Params params) {
    String text = params.anything("bypass");
    Params bypass = new Params(Map.of(), json);
    try {
      Map<String, Object> tree = text == null || text.isBlank() ? null : json.readValue(text, TREE);
      if (tree != null) {
        bypass = new Params(tree, json);
      }
    } catch (JacksonException malformed) {
      throw wrong("bypass", Word.JSON_OBJECT);
    }
    for (String pg : Set.of("kcpV2", "kcp_v2")) {
      if (bypass.has(pg)) {
        return bypass.within(pg);
      }
    }
    return bypass;
  }

  private static String digits(Params params, String name, int limit) {
    return params.required(name, limit).replaceAll("[^0-9]", "");
  }

  private static Failed wrong(String name, Word wanted) {
    return Failed.invalid(Malformed.WRONG_FORM_WANTED, name, wanted);
  }
}
