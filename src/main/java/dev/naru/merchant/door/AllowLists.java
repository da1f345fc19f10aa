package dev.naru.merchant.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Refusal;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.catalina.util.NetMask;
import org.springframework.stereotype.Component;

/**
 * From where a merchant's API keys may be used: V1's console setting, a list of CIDR blocks. An
 * empty list allows every address.
 */
@Component
public class AllowLists {

  private static final int MOST = 200;
  private static final int CACHED = 10_000;

  /** Nothing that would be looked up as a name. */
  private static final Pattern BLOCK =
      Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*)(/\\d{1,3})?");

  private final AllowListStore store;
  private final Changes changes;
  private final Cache<Long, List<NetMask>> masks =
      Caffeine.newBuilder().maximumSize(CACHED).expireAfterWrite(Duration.ofMinutes(1)).build();

  AllowLists(AllowListStore store, Changes changes) {
    this.store = store;
    this.changes = changes;
    changes.listen(masks::invalidate);
  }

  /** The blocks as they were written. */
  public List<String> of(long merchantId) {
    return store.find(merchantId);
  }

  /**
   * @param blocks such as {@code 1.1.1.0/24}, {@code 1.1.1.1} or {@code 2001:db8::/32}
   * @throws Failed invalid for what is no CIDR block, or more than 200
   */
  public void update(Actor actor, long merchantId, List<String> blocks) {
    if (blocks.size() > MOST) {
      throw Failed.invalid(Refusal.TOO_MANY_ADDRESSES, MOST);
    }
    List<String> stripped = blocks.stream().map(String::strip).distinct().toList();
    stripped.forEach(AllowLists::mask);
    changes.make(
        actor,
        merchantId,
        Act.ALLOW_LIST_SET,
        "",
        change -> {
          change.before(store.find(merchantId)).after(stripped);
          store.update(merchantId, stripped);
          return stripped;
        });
  }

  /** Whether this is a block as {@link #update} takes it. */
  public static boolean takes(String block) {
    try {
      mask(block.strip());
      return true;
    } catch (Failed noBlock) {
      return false;
    }
  }

  /** Whether a list of such blocks lets an address in: any, if it is empty. */
  public static boolean allows(List<String> blocks, String address) {
    return blocks.isEmpty()
        || admits(blocks.stream().map(block -> mask(block.strip())).toList(), address);
  }

  /**
   * @throws Failed forbidden, if the merchant does not allow this address
   */
  public void require(long merchantId, String address) {
    List<NetMask> allowed =
        masks.get(merchantId, id -> store.find(id).stream().map(AllowLists::mask).toList());
    if (!allowed.isEmpty() && !admits(allowed, address)) {
      throw Failed.forbidden(Refusal.ADDRESS_NOT_ALLOWED, address);
    }
  }

  private static boolean admits(List<NetMask> allowed, String address) {
    try {
      InetAddress from = InetAddress.getByName(address);
      return allowed.stream().anyMatch(mask -> mask.matches(from));
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }

  private static NetMask mask(String block) {
    if (BLOCK.matcher(block).matches()) {
      try {
        return new NetMask(block);
      } catch (IllegalArgumentException wrong) {
        // The same answer as to any text that is no block.
      }
    }
    throw Failed.invalid(Refusal.NO_CIDR);
  }
}
