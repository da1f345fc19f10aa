package dev.naru.console.payment;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Wording;
import dev.naru.payment.story.StoryEntry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, as it is shown: of very much the beginning and the end.
 *
 * @param hidden how many are left out
 * @param size how many there are in all
 */
record Timeline(List<Moment> moments, int hidden, int size) {

  /** More are folded until somebody asks. */
  static final int MOST = 90;

  private static final int FIRST = 20;

  Timeline {
    moments = List.copyOf(moments);
  }

  /**
   * Something that happened.
   *
   * @param newDay whether it is the first of its day
   * @param hidden how many of those before it are left out
   * @param resend the place of a webhook that may be sent again here; null for none
   */
  record Moment(StoryEntry entry, String text, boolean newDay, int hidden, @Nullable String resend)
      implements Told {}

  static Timeline of(List<StoryEntry> story, Wording words, boolean all) {
    boolean folds = !all && story.size() > MOST;
    int hidden = folds ? story.size() - MOST : 0;
    List<Moment> moments = new ArrayList<>();
    LocalDate day = null;
    for (int i = 0; i < story.size(); i++) {
      if (folds && i >= FIRST && i < FIRST + hidden) {
        continue;
      }
      StoryEntry entry = story.get(i);
      LocalDate its = LocalDate.ofInstant(entry.at(), HubClock.SEOUL);
      moments.add(
          new Moment(
              entry,
              entry.what().text(words),
              !its.equals(day),
              folds && i == FIRST + hidden ? hidden : 0,
              Told.isLastTry(story, i) ? Told.place(entry) : null));
      day = its;
    }
    return new Timeline(moments, hidden, story.size());
  }
}
