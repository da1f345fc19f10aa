package dev.naru.simulator.kit.window;

import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.window.Choice.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How a window may end, for a tester to pick from: {@code select#outcome}. */
public final class Outcomes {

  /** Leaves it to the card or the phone. */
  private static final Choice NATURAL = new Choice("", "번호에 따름(기본값)", "As the number says");

  private static final Choice APPROVE = new Choice(Effect.APPROVE.name(), "성공", "success");

  private Outcomes() {}

  /**
   * Of a payment.
   *
   * @param after whether the PG is told things after the sale, and may fail at that
   */
  public static List<Group> payment(boolean after) {
    List<Group> groups = new ArrayList<>(first());
    groups.add(group("declines", Cards.MAGIC, Effect::declines));
    groups.add(group("broken", Cards.MAGIC, Outcomes::breaks));
    groups.add(group("cancels", Cards.MAGIC, e -> e.name().startsWith("CANCEL_")));
    if (after) {
      groups.add(group("afters", Cards.MAGIC, e -> e.name().startsWith("AFTER_")));
    }
    return groups;
  }

  /** Of an identity check by a phone: what its window and the merchant's server may meet. */
  public static List<Group> identity() {
    List<Group> groups = new ArrayList<>(first());
    List<Choice> refusals =
        new ArrayList<>(group("declines", Cards.PHONES, Effect::declines).choices());
    refusals.add(new Choice(Effect.EXPIRED.name(), "인증 시간 초과", "the time ran out"));
    groups.add(new Group("refusals", refusals));
    groups.add(group("confirms", Cards.PHONES, e -> e.name().startsWith("CONFIRM_")));
    return groups;
  }

  /** Of an identity check by a card. */
  public static List<Group> identityByCard() {
    List<Group> groups = new ArrayList<>(first());
    groups.add(group("refusals", Cards.MAGIC, Effect::declines));
    groups.add(group("confirms", Cards.PHONES, e -> e.name().startsWith("CONFIRM_")));
    return groups;
  }

  /** What was picked in the form; null: nothing was. */
  public static @Nullable Effect picked(Map<String, String> form) {
    String outcome = form.getOrDefault("outcome", "");
    return Arrays.stream(Effect.values())
        .filter(effect -> effect.name().equals(outcome))
        .findFirst()
        .orElse(null);
  }

  private static List<Group> first() {
    return List.of(new Group("", List.of(NATURAL, APPROVE)));
  }

  private static boolean breaks(Effect effect) {
    return effect.compareTo(Effect.TIMEOUT) >= 0 && effect.compareTo(Effect.SLOW) <= 0;
  }

  private static Group group(String heading, List<Cards.Magic> magic, Predicate<Effect> which) {
    return new Group(
        heading,
        magic.stream()
            .filter(m -> which.test(m.effect()))
            .map(m -> new Choice(m.effect().name(), m.korean(), m.english()))
            .toList());
  }
}
