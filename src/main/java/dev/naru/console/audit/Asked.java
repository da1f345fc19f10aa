package dev.naru.console.audit;

import dev.naru.console.part.Address;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.AuditQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an address asks of the audit log; what of it means nothing is left out.
 *
 * @param from the first day
 * @param to the last day
 * @param actor who did it, by their id
 * @param act what was done, by its name
 * @param about what it was done to
 * @param below the last row of the page before
 */
record Asked(
    @Nullable String from,
    @Nullable String to,
    @Nullable String actor,
    @Nullable String act,
    @Nullable String about,
    @Nullable String below) {

  AuditQuery query(List<Long> merchants, int most) {
    LocalDate last = day(to);
    return AuditQuery.of(merchants)
        .between(start(day(from)), start(last == null ? null : last.plusDays(1)))
        .by(text(actor))
        .acts(acts())
        .about(text(about))
        .below(row(below))
        .most(most);
  }

  /** Whether anything is left out of the list. */
  public boolean filtered() {
    return day(from) != null
        || day(to) != null
        || text(actor) != null
        || text(about) != null
        || !acts().isEmpty();
  }

  /** The same from a row on. */
  String link(@Nullable Long from) {
    return address(AuditPage.LIST).with("below", from).toString();
  }

  /** The same as a file. */
  public String file() {
    return address(AuditPage.LIST + "/export").toString();
  }

  private Address address(String path) {
    return Address.of(path)
        .with("from", from)
        .with("to", to)
        .with("actor", actor)
        .with("act", act)
        .with("about", about);
  }

  private Set<Act> acts() {
    return Arrays.stream(Act.values())
        .filter(one -> one.name().equals(act))
        .collect(Collectors.toSet());
  }

  private static @Nullable String text(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static @Nullable LocalDate day(@Nullable String text) {
    try {
      return text == null || text.isBlank() ? null : LocalDate.parse(text);
    } catch (DateTimeException none) {
      return null;
    }
  }

  private static @Nullable Long row(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException none) {
      return null;
    }
  }

  private static @Nullable Instant start(@Nullable LocalDate day) {
    return day == null ? null : day.atStartOfDay(HubClock.SEOUL).toInstant();
  }
}
