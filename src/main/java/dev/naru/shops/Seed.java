package dev.naru.shops;

/** What a hub begins with before its file is applied: made if it is missing. */
public interface Seed {

  /** Makes it. */
  void sow();
}
