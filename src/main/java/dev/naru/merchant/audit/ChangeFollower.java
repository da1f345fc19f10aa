package dev.naru.merchant.audit;

import dev.naru.kernel.work.Pulse;
import dev.naru.kernel.work.WorkLoop;
import dev.naru.merchant.Shards;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Makes this node forget what other nodes have changed: one small query at every tick, half a
 * second, and none for a payment.
 */
@Component
class ChangeFollower implements SmartLifecycle, Pulse {

  private final MarkStore store;
  private final Shards shards;
  private final Changes changes;
  private final WorkLoop loop = new WorkLoop("changes", 1, this::round);

  /** By shard; and of each merchant the change that was told last. */
  private final Map<Shards.Shard, Long> horizons = new HashMap<>();

  private final Map<Long, Long> told = new HashMap<>();

  ChangeFollower(MarkStore store, Shards shards, Changes changes) {
    this.store = store;
    this.shards = shards;
    this.changes = changes;
  }

  /** Before whatever works with settings. */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop();
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  @Override
  public Optional<String> trouble() {
    return loop.trouble();
  }

  /** Of a transaction that takes long, its merchants come up again until it is over. */
  private void round() {
    for (Shards.Shard shard : shards.all()) {
      MarkStore.Look look = store.since(shard, horizons.getOrDefault(shard, 0L));
      for (MarkStore.Mark mark : look.marks()) {
        Long last = told.put(mark.merchantId(), mark.tx());
        if (last == null || last != mark.tx()) {
          changes.tell(mark.merchantId());
        }
      }
      horizons.put(shard, look.horizon());
      told.values().removeIf(tx -> tx < look.horizon());
    }
  }
}
