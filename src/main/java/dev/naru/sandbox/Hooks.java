package dev.naru.sandbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/**
 * What the hooks received, in memory: the newest thousand per name, a thousand names, 64 MiB of
 * bodies in all; beyond that, the name that was quiet longest loses its oldest.
 */
@Component
@Conditional(SandboxOnly.class)
class Hooks {

  private static final int PER_NAME = 1_000;
  private static final int NAMES = 1_000;
  private static final long MOST_CHARACTERS = 64L << 20;

  /** How a hook answers the next {@code times} calls; all of them if that is null. */
  record Answer(int status, @Nullable Integer times, Duration delay) {

    private @Nullable Answer next() {
      if (times == null) {
        return this;
      }
      return times > 1 ? new Answer(status, times - 1, delay) : null;
    }
  }

  private static final class Named {
    private final Deque<Hook> received = new ArrayDeque<>();
    private @Nullable Answer answer;
  }

  private final Map<String, Named> names = new LinkedHashMap<>(16, 0.75f, true);
  private long characters;

  synchronized void add(String name, Hook hook) {
    Named named = named(name);
    named.received.addLast(hook);
    characters += hook.body().length();
    if (named.received.size() > PER_NAME) {
      dropOldest(named);
    }
    while (characters > MOST_CHARACTERS) {
      Iterator<Named> quietest = names.values().iterator();
      Named first = quietest.next();
      dropOldest(first);
      if (first.received.isEmpty()) {
        quietest.remove();
      }
    }
  }

  synchronized List<Hook> received(String name) {
    Named named = names.get(name);
    return named == null ? List.of() : List.copyOf(named.received);
  }

  synchronized void clear(String name) {
    Named gone = names.remove(name);
    if (gone != null) {
      gone.received.forEach(hook -> characters -= hook.body().length());
    }
  }

  /** Of all names. */
  synchronized void clear() {
    names.clear();
    characters = 0;
  }

  synchronized void answer(String name, Answer answer) {
    named(name).answer = answer;
  }

  /** How to answer the call that is there now; null for as usual. */
  synchronized @Nullable Answer next(String name) {
    Named named = names.get(name);
    Answer now = named == null ? null : named.answer;
    if (named != null && now != null) {
      named.answer = now.next();
    }
    return now;
  }

  private Named named(String name) {
    Named named = names.computeIfAbsent(name, key -> new Named());
    if (names.size() > NAMES) {
      clear(names.keySet().iterator().next());
    }
    return named;
  }

  private void dropOldest(Named named) {
    Hook oldest = named.received.pollFirst();
    if (oldest != null) {
      characters -= oldest.body().length();
    }
  }
}
