package dev.naru.merchant.audit;

import java.util.List;
import org.springframework.stereotype.Component;

/** What was changed, by whom and when. Rows are written by {@link Changes} and never change. */
@Component
public class Audit {

  /** In place of a merchant: settings of the hub itself. */
  public static final long HUB = 0;

  private final AuditStore store;

  Audit(AuditStore store) {
    this.store = store;
  }

  /** The newest first. The page after it is asked for by its last id. */
  public List<Audited> list(AuditQuery query) {
    return query.merchants().isEmpty() ? List.of() : store.list(query);
  }
}
