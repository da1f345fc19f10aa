package dev.naru.merchant;

import dev.naru.connector.Pg;
import dev.naru.connector.http.WireLog;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Change;
import dev.naru.merchant.audit.Changes;
import dev.naru.merchant.setup.ChannelDraft;
import dev.naru.merchant.setup.ConfigForm;
import dev.naru.merchant.setup.Forms;
import dev.naru.merchant.setup.SetUp;
import dev.naru.merchant.setup.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes and changes merchants' channels, and lends them to sub-merchants. */
@Component
public class ChannelSetup {

  private static final String KEY = "channel-key-[0-9A-Za-z_-]{1,64}";

  private final ChannelStore store;
  private final Forms forms;
  private final ChannelLines lines;
  private final Changes changes;
  private final JsonMapper json;
  private final Ids ids;
  private final HubClock clock;

  ChannelSetup(
      ChannelStore store,
      Forms forms,
      ChannelLines lines,
      Changes changes,
      JsonMapper json,
      Ids ids,
      HubClock clock) {
    this.store = store;
    this.forms = forms;
    this.lines = lines;
    this.changes = changes;
    this.json = json;
    this.ids = ids;
    this.clock = clock;
  }

  /** All that a merchant may use or has switched off, its default first. */
  public List<SetUp> list(long merchantId) {
    return store.of(merchantId).stream()
        .filter(row -> !row.given().withdrawn())
        .flatMap(row -> shown(row).stream())
        .toList();
  }

  private Optional<SetUp> shown(ChannelStore.Row row) {
    Long giver = row.given().by();
    Optional<ChannelStore.Row> own = giver == null ? Optional.of(row) : row(giver, row.key());
    return own.flatMap(told -> forms.known(told.pgProvider()).map(pg -> shown(row, told, pg)));
  }

  private static SetUp shown(ChannelStore.Row row, ChannelStore.Row told, Pg<?> pg) {
    return new SetUp(
        row.key(),
        told.name(),
        pg,
        told.mid(),
        told.mode(),
        !told.disabled(),
        told.acceptsUnknown(),
        row.given().by(),
        row.given().to());
  }

  /** Throws {@link Failed} invalid for a PG or a mode that this hub does not have. */
  public ConfigForm form(String pgCode, Pg.Mode mode) {
    return forms.of(pgCode, mode);
  }

  /** What stands in the form of a channel: no secrets. Throws {@link Failed} invalid for none. */
  public Map<String, String> entered(long merchantId, String channelKey) {
    ChannelStore.Row own = own(merchantId, channelKey);
    Pg<?> pg = forms.pg(own.pgProvider());
    return ConfigForm.of(pg, own.mode()).entered(json.readValue(own.config(), pg.config()));
  }

  /**
   * A new channel, the last of the merchant's.
   *
   * @throws Failed invalid with all that is wrong with its fields; for a PG or mode that this hub
   *     does not have; conflict for a key that is in use, and a contract that has a channel
   */
  public SetUp add(Actor actor, long merchantId, ChannelDraft draft) {
    ConfigForm form = form(draft.pg(), draft.mode());
    String key = Objects.requireNonNullElseGet(draft.key(), () -> ids.opaque("channel-key"));
    if (!key.matches(KEY)) {
      throw Failed.invalid(Refusal.WRONG_CHANNEL_KEY);
    }
    Record config = forms.read(form, draft, merchantId);
    return changes.make(
        actor,
        merchantId,
        Act.CHANNEL_ADDED,
        key,
        change -> {
          ChannelStore.Row row = row(merchantId, key, form.pg(), draft, config);
          lines.requireUsable(row, form.pg());
          if (!store.insert(row, clock.instant())) {
            boolean used = row(merchantId, key).isPresent();
            throw Failed.conflict(used ? Refusal.CHANNEL_KEY_USED : Refusal.CHANNEL_EXISTS);
          }
          change.after(written(row, config, List.of()));
          return shown(row).orElseThrow();
        });
  }

  private ChannelStore.Row row(
      long merchantId, String key, Pg<?> pg, ChannelDraft draft, Record config) {
    int last = store.of(merchantId).stream().mapToInt(ChannelStore.Row::position).max().orElse(-1);
    return new ChannelStore.Row(
        merchantId,
        key,
        pg.code(),
        pg.mid(config),
        named(draft),
        draft.mode(),
        last + 1,
        json.writeValueAsString(config),
        draft.acceptsUnknown(),
        false,
        ChannelStore.Given.NOT);
  }

  /**
   * Changes a channel: its name, its fields but for the merchant id, what it accepts. Secrets that
   * are left empty stay.
   *
   * @throws Failed invalid for one that is not the merchant's own, for another PG, mode or merchant
   *     id, and with all that is wrong with its fields
   */
  public SetUp edit(Actor actor, long merchantId, String channelKey, ChannelDraft draft) {
    return change(
        actor,
        merchantId,
        Act.CHANNEL_EDITED,
        channelKey,
        (own, change) -> {
          Pg<?> pg = forms.pg(own.pgProvider());
          if (!pg.equals(forms.pg(draft.pg())) || own.mode() != draft.mode()) {
            throw Failed.invalid(Refusal.CHANNEL_FIXED);
          }
          Record old = json.readValue(own.config(), pg.config());
          Record config = ConfigForm.of(pg, own.mode()).read(draft.fields(), old).orThrow();
          if (!pg.mid(config).equals(own.mid())) {
            throw Failed.invalid(Refusal.CHANNEL_FIXED);
          }
          ChannelStore.Row edited =
              own.with(named(draft), json.writeValueAsString(config), draft.acceptsUnknown());
          lines.requireUsable(edited, pg);
          store.update(edited);
          change.before(written(own, old, List.of()));
          change.after(written(edited, config, ConfigForm.newSecrets(old, config)));
          return shown(edited).orElseThrow();
        });
  }

  private static String named(ChannelDraft draft) {
    return Shops.named(draft.name(), Refusal.WRONG_CHANNEL_NAME.with(Shops.LONGEST_NAME));
  }

  private static Written written(ChannelStore.Row row, Record fields, List<String> newSecrets) {
    return new Written(
        row.name(), row.pgProvider(), row.mode(), fields, row.acceptsUnknown(), newSecrets);
  }

  /**
   * Switches a channel off, for sub-merchants too: no window opens and no key is given out by it;
   * its keys are charged, its payments looked up, cancelled and told of as before.
   *
   * @throws Failed invalid for one that is not the merchant's own
   */
  public void disable(Actor actor, long merchantId, String channelKey) {
    switched(actor, merchantId, channelKey, false);
  }

  /** The opposite of {@link #disable}. */
  public void enable(Actor actor, long merchantId, String channelKey) {
    switched(actor, merchantId, channelKey, true);
  }

  private void switched(Actor actor, long merchantId, String channelKey, boolean on) {
    change(
        actor,
        merchantId,
        on ? Act.CHANNEL_ENABLED : Act.CHANNEL_DISABLED,
        channelKey,
        (own, change) -> {
          if (own.disabled() == on) {
            store.disable(own, on ? null : clock.instant());
          }
          change.before(Map.of("enabled", !own.disabled())).after(Map.of("enabled", on));
          return on;
        });
  }

  /** Makes a channel the default of those that can do the same. */
  public void moveFirst(Actor actor, long merchantId, String channelKey) {
    List<String> order = new ArrayList<>(keys(merchantId));
    if (!order.remove(channelKey)) {
      throw unknown();
    }
    order.addFirst(channelKey);
    order(actor, merchantId, order);
  }

  /**
   * Sets which channel comes first, of those that can do the same.
   *
   * @param channelKeys all that {@link #list} has
   * @throws Failed invalid for others
   */
  public void order(Actor actor, long merchantId, List<String> channelKeys) {
    changes.make(
        actor,
        merchantId,
        Act.CHANNELS_ORDERED,
        "",
        change -> {
          List<String> before = keys(merchantId);
          if (before.size() != channelKeys.size()
              || !new HashSet<>(before).equals(new HashSet<>(channelKeys))) {
            throw unknown();
          }
          change.before(before).after(channelKeys);
          for (int at = 0; at < channelKeys.size(); at++) {
            store.move(merchantId, channelKeys.get(at), at);
          }
          return before;
        });
  }

  private List<String> keys(long merchantId) {
    return list(merchantId).stream().map(SetUp::key).toList();
  }

  /**
   * Sets whether a channel may make calls with real money whose lost answers nobody can find out:
   * {@link dev.naru.connector.Ends#NONE}. Sub-merchants use it as its owner has set it.
   *
   * @throws Failed invalid for a channel that is not the merchant's own
   */
  public void acceptUnknown(Actor actor, long merchantId, String channelKey, boolean accepts) {
    change(
        actor,
        merchantId,
        Act.CHANNEL_EDITED,
        channelKey,
        (own, change) -> {
          change.before(Map.of("acceptsUnknown", own.acceptsUnknown()));
          change.after(Map.of("acceptsUnknown", accepts));
          store.update(own.with(own.name(), own.config(), accepts));
          return accepts;
        });
  }

  /** A channel on a line of its own, on which somebody listens. */
  public Channel heard(long merchantId, String channelKey, Consumer<WireLog.Entry> listener) {
    ChannelStore.Row own = own(merchantId, channelKey);
    return lines.connect(merchantId, own, forms.pg(own.pgProvider()), listener);
  }

  private <T> T change(
      Actor actor,
      long merchantId,
      Act act,
      String channelKey,
      BiFunction<ChannelStore.Row, Change, T> work) {
    return changes.make(
        actor,
        merchantId,
        act,
        channelKey,
        change -> {
          ChannelStore.Row own = own(merchantId, channelKey);
          own.given().lentTo().forEach(change::touches);
          return work.apply(own, change);
        });
  }

  private ChannelStore.Row own(long ownerId, String channelKey) {
    return row(ownerId, channelKey)
        .filter(row -> row.given().by() == null)
        .orElseThrow(ChannelSetup::unknown);
  }

  private Optional<ChannelStore.Row> row(long merchantId, String channelKey) {
    return store.of(merchantId).stream().filter(row -> row.key().equals(channelKey)).findFirst();
  }

  private static Failed unknown() {
    return Failed.invalid(Refusal.UNKNOWN_CHANNEL);
  }
}
