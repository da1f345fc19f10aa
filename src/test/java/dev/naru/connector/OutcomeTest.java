package dev.naru.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Pending;
import dev.naru.connector.Outcome.Unknown;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of an outcome never says more than the PG did. */
class OutcomeTest {

  private static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");

  private static Outcome<Integer> no(String code) {
    return new Declined<>(new Decline(Reason.REFUSED, code, "no"));
  }

  @Test
  void oneNoSaysThatThereIsNothing() {
    assertThat(no("404").absentIf(no -> no.is("404"))).isEqualTo(new Ok<>(Optional.empty()));
    assertThat(new Ok<>(7).absentIf(no -> true)).isEqualTo(new Ok<>(Optional.of(7)));
  }

  @Test
  void anyOtherAnswerToAQuestionSaysNothing() {
    assertThat(no("401").absentIf(no -> no.is("404"))).isEqualTo(new Unknown<>("[401]no"));
    assertThat(no("401").ofQuestion()).isEqualTo(new Unknown<>("[401]no"));
    assertThat(new Pending<Integer>(new PgRef("T"), UNTIL).absentIf(no -> true))
        .isInstanceOf(Unknown.class);
    assertThat(new Unknown<Integer>("lost").absentIf(no -> true)).isEqualTo(new Unknown<>("lost"));
  }

  @Test
  void aNoMaySayThatItWasDoneAlready() {
    assertThat(no("done").doneIf(no -> no.is("done"), 1)).isEqualTo(new Ok<>(1));
    assertThat(no("401").doneIf(no -> no.is("done"), 1)).isEqualTo(no("401"));
  }

  @Test
  void whatCannotBeReadProvesNothing() {
    Outcome<Integer> read = new Ok<>("seven").read(Integer::parseInt);
    assertThat(read).isInstanceOf(Unknown.class);
    assertThat(new Ok<>("7").read(Integer::parseInt)).isEqualTo(new Ok<>(7));
    Outcome<Integer> judged =
        new Ok<>("7")
            .judge(
                text -> {
                  throw new IllegalStateException(text);
                });
    assertThat(judged).isEqualTo(new Unknown<>("unreadable answer: 7"));
  }

  @Test
  void whatTheShopSentWrongIsRefusedInWords() {
    Outcome<Integer> wrong =
        Outcome.composed(
            () -> {
              throw new IllegalArgumentException("금액이 올바르지 않습니다.");
            });
    assertThat(wrong).isEqualTo(Outcome.declined(Reason.BAD_REQUEST, "금액이 올바르지 않습니다."));
  }

  @Test
  void whatWasNotSentDidNotHappen() {
    assertThat(Outcome.unreachable("no route"))
        .isEqualTo(new Declined<>(Decline.of(Reason.UNREACHABLE, "PG에 연결하지 못했습니다: no route")));
  }
}
