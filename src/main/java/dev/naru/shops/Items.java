package dev.naru.shops;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Vault;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import dev.naru.shops.text.Problems;
import dev.naru.shops.text.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The single things of a file: which are as they were when it was applied last. */
final class Items {

  private final String file;
  private final FileKeeping keeping;
  private final Vault vault;
  private final Map<Kept.Name, Kept> before;
  private final Problems problems;
  private final Set<Kept.Name> seen = new HashSet<>();

  Items(
      String file,
      FileKeeping keeping,
      Vault vault,
      Map<Kept.Name, Kept> before,
      Problems problems) {
    this.file = file;
    this.keeping = keeping;
    this.vault = vault;
    this.before = before;
    this.problems = problems;
  }

  /**
   * One of them.
   *
   * @param says all that matters of it, in clear: only a keyed hash of it is kept
   * @param make makes or changes it; not called if it is as it was
   */
  void item(Kept.Name name, Spot at, String says, Runnable make) {
    seen.add(name);
    String fingerprint = vault.hash("shop-file", says);
    Kept known = before.get(name);
    if (known == null || !known.fingerprint().equals(fingerprint)) {
      try {
        make.run();
      } catch (Failed refused) {
        problems.add(at, "cannot be followed: " + refused.getMessage());
        return;
      }
    }
    Kept now = new Kept(name, file, at.line(), fingerprint);
    if (!now.equals(known)) {
      keeping.keep(now);
    }
  }

  /** Reports a whole part that cannot be made. */
  void refuse(Spot at, Failed refused) {
    problems.add(at, "cannot be followed: " + refused.getMessage());
  }

  /** Whatever the file had when it was applied last, and has no more. */
  List<Kept.Name> gone() {
    return before.keySet().stream().filter(name -> !seen.contains(name)).toList();
  }
}
