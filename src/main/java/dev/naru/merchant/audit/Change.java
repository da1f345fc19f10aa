package dev.naru.merchant.audit;

import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A change that is being made: whoever makes it says what was before and what is after it. */
public final class Change {

  private final LongConsumer touch;
  private String about;
  private @Nullable Object before;
  private @Nullable Object after;
  private boolean made = true;

  Change(String about, LongConsumer touch) {
    this.about = about;
    this.touch = touch;
  }

  /** As it was: anything that can be written as JSON; {@code Secret}s are masked. */
  public Change before(@Nullable Object state) {
    before = state;
    return this;
  }

  /** As it is now. */
  public Change after(@Nullable Object state) {
    after = state;
    return this;
  }

  /** What it is about, where that is known only when it is made. */
  public Change about(String what) {
    about = Objects.requireNonNull(what);
    return this;
  }

  /** It turned out that nothing changes: nothing is written down. */
  public void none() {
    made = false;
  }

  /** Another merchant, a sub-shop or its representative, sees something else now too. */
  public void touches(long merchantId) {
    touch.accept(merchantId);
  }

  boolean isMade() {
    return made;
  }

  String about() {
    return about;
  }

  @Nullable Object before() {
    return before;
  }

  @Nullable Object after() {
    return after;
  }
}
