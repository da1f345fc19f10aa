package dev.naru.payment.proof;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import dev.naru.payment.store.BooksPage;
import dev.naru.payment.store.VerifyStore;
import java.util.List;
import org.springframework.stereotype.Component;

/** Proves one thing again that differed, when somebody has put it right. */
@Component
public class Recheck {

  private final VerifyStore store;
  private final Attention attention;

  Recheck(Shards shards, Vault vault, Attention attention) {
    store = new VerifyStore(shards, vault);
    this.attention = attention;
  }

  /**
   * What is right by now is no matter any more.
   *
   * @param about an imp_uid, or a promotion as {@link Verification} calls it
   * @return what is still wrong with it
   */
  public List<String> again(long merchantId, String about) {
    List<String> problems =
        about.startsWith(Verification.PROMOTION)
            ? promotion(merchantId, about)
            : payment(merchantId, about);
    if (problems.isEmpty()) {
      attention.settled(merchantId, What.BOOKS_DIFFER, about);
    }
    return problems;
  }

  private List<String> promotion(long merchantId, String about) {
    return store.promotionsThatDiffer(merchantId).stream()
        .filter(id -> about.equals(Verification.PROMOTION + id))
        .map(_ -> Verification.PROMOTION_DIFFERS)
        .toList();
  }

  private List<String> payment(long merchantId, String impUid) {
    // What differs in the last figure alone comes right before it: that is on its page.
    String before = impUid.substring(0, Math.max(0, impUid.length() - 1));
    BooksPage page = store.page(merchantId, before);
    return page.rows().stream()
        .filter(row -> row.impUid().equals(impUid))
        .flatMap(row -> Verification.problems(row, page).stream())
        .toList();
  }
}
