package dev.naru.connector.identity;

import dev.naru.connector.PgRef;
import dev.naru.connector.identity.Person.Gender;
import dev.naru.kernel.Secret;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is, verified. Says nothing of itself when printed.
 *
 * @param ref the PG's transaction (V1's pg_tid)
 * @param ci V1's unique_key, 88 characters: the same person has the same one at every merchant
 * @param di V1's unique_in_site, 64 characters: one per person and MID; null if the PG has none
 * @param foreigner null unless the carriers approved that this channel's merchant learns it
 * @param line null unless they approved that
 */
public record Identity(
    PgRef ref,
    String name,
    LocalDate birth,
    @Nullable Gender gender,
    Secret ci,
    @Nullable Secret di,
    @Nullable Boolean foreigner,
    @Nullable Line line) {

  /**
   * The phone that proved it.
   *
   * @param carrier null where the PG does not tell
   * @param mvno a budget operator on the carrier's network
   */
  public record Line(String phone, Person.@Nullable Carrier carrier, boolean mvno) {

    static Line of(Person.Line asked) {
      return new Line(asked.phone(), asked.carrier(), asked.mvno());
    }

    @Override
    public String toString() {
      return "line";
    }
  }

  /** The person who was asked about, as far as the merchant may know them. */
  public static Identity of(
      PgRef ref, Person person, Secret ci, @Nullable Secret di, boolean approved) {
    return new Identity(
        ref,
        person.name(),
        person.birth(),
        person.gender(),
        ci,
        di,
        approved ? person.foreigner() : null,
        approved ? Line.of(person.line()) : null);
  }

  @Override
  public String toString() {
    return "identity";
  }
}
