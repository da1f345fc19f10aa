package dev.naru.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Hub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Matters open, stay, close and open again. */
class AttentionTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final Attention attention = Hub.shared().bean(Attention.class);
  private final String about = "imp_" + UUID.randomUUID();

  @Test
  void aMatterIsOneHoweverOftenItIsRaised() {
    attention.raise(1, What.CANCEL_REFUSED, about, "first");
    Matter first = await(open -> open.size() == 1).getFirst();
    attention.raise(1, What.CANCEL_REFUSED, about, "second");
    Matter second = await(open -> open.getFirst().why().equals("second")).getFirst();
    assertThat(second.since()).isEqualTo(first.since());
    assertThat(second.id()).isEqualTo(first.id());
    attention.raise(1, What.REVERSAL_REFUSED, about, "another kind");
    await(open -> open.size() == 2);
  }

  @Test
  void aSettledMatterCloses() {
    attention.raise(1, What.LOOKUP_FAILS, about, "no answer");
    Instant since = await(open -> open.size() == 1).getFirst().since();
    attention.settled(1, What.LOOKUP_FAILS, about);
    await(List::isEmpty);
    attention.raise(1, What.LOOKUP_FAILS, about, "again");
    assertThat(await(open -> open.size() == 1).getFirst().since()).isAfter(since);
  }

  @Test
  void textsAreTakenAsTheyCome() {
    attention.raise(1, What.JOB_FAILS, about, "\0" + "길".repeat(5_000));
    assertThat(await(open -> open.size() == 1).getFirst().why()).startsWith("길길");
  }

  private List<Matter> await(Predicate<List<Matter>> wanted) {
    return Awaitility.await().atMost(SOON).until(this::open, wanted);
  }

  private List<Matter> open() {
    return attention.open(Place.START, 10_000).stream()
        .filter(one -> one.about().equals(about))
        .toList();
  }
}
