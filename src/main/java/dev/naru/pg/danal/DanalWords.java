package dev.naru.pg.danal;

import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgRef;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.Person.Carrier;
import dev.naru.connector.identity.Person.Gender;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Danal tells of a person, in our words. */
final class DanalWords {

  private DanalWords() {}

  /**
   * @param carrierApproved the carriers approved that the shop learns phone, carrier, foreigner
   */
  static Outcome<Identity> identity(
      PgRef ref, Map<String, String> answer, boolean carrierApproved) {
    String iden = answer.getOrDefault("IDEN", "");
    String ci = answer.getOrDefault("CI", "");
    String name = answer.getOrDefault("NAME", "");
    if (!iden.matches("[0-9]{6}[1-8]") || ci.isEmpty() || name.isEmpty()) {
      return new Unknown<>("confirmed without a person");
    }
    int seventh = iden.charAt(6) - '0';
    String di = answer.getOrDefault("DI", "");
    try {
      return new Ok<>(
          new Identity(
              ref,
              name,
              birth(iden, seventh),
              seventh % 2 == 1 ? Gender.MALE : Gender.FEMALE,
              new Secret(ci),
              di.isEmpty() ? null : new Secret(di),
              carrierApproved ? seventh > 4 : null,
              carrierApproved ? line(answer) : null));
    } catch (DateTimeException noSuchDay) {
      return new Unknown<>("confirmed without a birth date");
    }
  }

  /** As in a resident number: 1, 2, 5, 6 were born in the twentieth century. */
  private static LocalDate birth(String iden, int seventh) {
    int century = (seventh - 1) / 2 % 2 == 0 ? 1900 : 2000;
    return LocalDate.of(
        century + Integer.parseInt(iden.substring(0, 2)),
        Integer.parseInt(iden.substring(2, 4)),
        Integer.parseInt(iden.substring(4, 6)));
  }

  private static Identity.@Nullable Line line(Map<String, String> answer) {
    String phone = Form.digits(answer.getOrDefault("PHONE", ""));
    String telecom = answer.getOrDefault("TELECOM", answer.getOrDefault("CARRIER", ""));
    return phone.isEmpty()
        ? null
        : new Identity.Line(
            phone, Carrier.of(telecom), telecom.matches("MVNO|SKM|KTM|LGM|.*_MVNO"));
  }
}
