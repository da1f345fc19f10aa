package dev.naru.account;

/** Whom a sandbox lets in by one click. There is none in live mode. */
public interface OneClick {

  /**
   * @param korean what whoever comes reads
   */
  Account owner(boolean korean);
}
