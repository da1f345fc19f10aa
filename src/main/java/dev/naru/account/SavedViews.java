package dev.naru.account;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import java.util.List;
import org.springframework.stereotype.Component;

/** Filters of lists that somebody keeps under names of their own. Nobody else sees them. */
@Component
public class SavedViews {

  /** Of one list. */
  public static final int MOST = 20;

  /** Of a name. */
  public static final int LONGEST_NAME = 40;

  private static final int LONGEST_QUERY = 2000;

  private final SavedViewStore store;
  private final HubClock clock;

  SavedViews(SavedViewStore store, HubClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A filter.
   *
   * @param query what of an address makes it
   */
  public record View(String name, String query) {}

  /** By their names. */
  public List<View> of(Account account, String list) {
    return store.of(account.email(), list);
  }

  /**
   * Keeps one; what had this name before is replaced.
   *
   * @throws Failed invalid, conflict if there are {@link #MOST}
   */
  public void keep(Account account, String list, String name, String query) {
    String named = name.strip();
    if (named.isEmpty()
        || named.codePointCount(0, named.length()) > LONGEST_NAME
        || named.chars().anyMatch(Character::isISOControl)) {
      throw Failed.invalid(Refusal.WRONG_VIEW_NAME, LONGEST_NAME);
    }
    if (query.length() > LONGEST_QUERY) {
      throw Failed.invalid(Refusal.VIEW_TOO_LONG);
    }
    View view = new View(named, query);
    if (!store.put(account.email(), list, view, MOST, clock.machine().instant())) {
      throw Failed.conflict(Refusal.TOO_MANY_VIEWS, MOST);
    }
  }

  /** Nothing happens if there is none of this name. */
  public void forget(Account account, String list, String name) {
    store.delete(account.email(), list, name);
  }
}
