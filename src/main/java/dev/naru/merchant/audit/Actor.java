package dev.naru.merchant.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who changes something, and from where.
 *
 * @param id what stays the same of it: an account's id, a file's name, an API key
 * @param name what a person calls it
 * @param address the IP address it came from; null where it came over no network
 */
public record Actor(Kind kind, String id, String name, @Nullable String address) {

  /** What kind of actor. */
  public enum Kind {
    ACCOUNT,
    SHOP_FILE,
    COMMAND,
    API,
    HUB
  }

  /** What the hub does by itself, such as setting up a sandbox. */
  public static final Actor HUB = new Actor(Kind.HUB, "hub", "Naru", null);

  /** A person who has signed in. */
  public static Actor account(String id, String name, String address) {
    return new Actor(Kind.ACCOUNT, id, name, address);
  }

  /** A file of shops that is applied. */
  public static Actor shopFile(String file) {
    return new Actor(Kind.SHOP_FILE, file, file, null);
  }

  /** A command at the hub's machine. */
  public static Actor command(String command) {
    return new Actor(Kind.COMMAND, command, command, null);
  }

  /** A shop's server that calls with one of its API keys. */
  public static Actor api(String impKey, String address) {
    return new Actor(Kind.API, impKey, impKey, address);
  }
}
