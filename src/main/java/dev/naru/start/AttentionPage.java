package dev.naru.start;

import dev.naru.attention.Attention;
import dev.naru.attention.Matter;
import dev.naru.attention.MatterView;
import dev.naru.attention.Place;
import dev.naru.payment.resolve.Matters;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.stereotype.Component;

/**
 * The list of what needs a person, on the management port: {@code GET /actuator/attention} with
 * {@code after} of the page before, and {@code POST /actuator/attention/{merchant}/{imp_uid}} to
 * have the PG asked again.
 */
@Component
@WebEndpoint(id = "attention")
public class AttentionPage {

  private static final int PAGE = 50;
  private static final int MOST = 500;

  private final Attention attention;
  private final Matters matters;

  AttentionPage(Attention attention, Matters matters) {
    this.attention = attention;
    this.matters = matters;
  }

  /**
   * A page.
   *
   * @param next to be given as {@code after}; null on the last page
   */
  public record Page(List<MatterView> list, @Nullable String next) {}

  /** What is open, newest first. */
  @ReadOperation
  public Page list(@Nullable String after, @Nullable Integer size) {
    int most = Math.clamp(size == null ? PAGE : size, 1, MOST);
    Place place = Optional.ofNullable(after).flatMap(Place::of).orElse(Place.START);
    List<Matter> found = attention.open(place, most);
    Matter last = found.size() < most ? null : found.getLast();
    return new Page(
        found.stream().map(MatterView::of).toList(),
        last == null ? null : new Place(last.since(), last.id()).word());
  }

  /** Has the PG asked again about a payment. */
  @WriteOperation
  public void lookAgain(@Selector long merchant, @Selector String impUid) {
    matters.lookAgain(merchant, impUid);
  }
}
