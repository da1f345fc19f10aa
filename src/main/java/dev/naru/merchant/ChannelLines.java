package dev.naru.merchant;

import dev.naru.connector.Pg;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.http.WireLog;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Settings;
import dev.naru.merchant.reach.PgCalls;
import dev.naru.merchant.reach.PgHosts;
import dev.naru.merchant.reach.PgReach;
import dev.naru.merchant.reach.SimulatedContracts;
import dev.naru.merchant.reach.WireLogs;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Connects channels to their PGs, by what is stored of them. */
@Component
class ChannelLines {

  private final WireLogs wires;
  private final PgReach reach;
  private final PgCalls calls;
  private final JsonMapper json;
  private final PgHosts hosts;
  private final PgHttp http;
  private final SimulatedContracts contracts;

  ChannelLines(
      WireLogs wires,
      PgReach reach,
      PgCalls calls,
      JsonMapper json,
      SimulatedContracts contracts,
      Settings settings) {
    this.wires = wires;
    this.reach = reach;
    this.calls = calls;
    this.json = json;
    hosts = new PgHosts(settings.simulatorUrl(), settings.rehearsal());
    http = wires.http();
    this.contracts = contracts;
  }

  /** A channel for a merchant, by what its own row or its giver's says. */
  Channel connect(long merchantId, ChannelStore.Row row, Pg<?> pg) {
    return connect(merchantId, row, pg, _ -> {});
  }

  /** The same on a line of its own, on which somebody listens. */
  Channel connect(
      long merchantId, ChannelStore.Row row, Pg<?> pg, Consumer<WireLog.Entry> listener) {
    Record config = json.readValue(row.config(), pg.config());
    contracts.tell(pg, row.mode(), config);
    PgHttp bound =
        http.to(
            hosts.of(pg, row.mode()),
            entry -> {
              reach.tell(pg.provider(), entry);
              wires.keep(merchantId, entry);
              listener.accept(entry);
            });
    return new Channel(
        merchantId,
        row.key(),
        row.name(),
        pg,
        row.mid(),
        row.mode(),
        calls.counted(merchantId, row.key(), pg, pg.connect(config, bound)),
        row.acceptsUnknown(),
        row.merchantId() == merchantId ? row.given().lentTo() : List.of());
  }

  /**
   * A config of which no connector can be made would take its merchant's other channels along.
   *
   * @throws Failed invalid, which does not say what was entered
   */
  void requireUsable(ChannelStore.Row row, Pg<?> pg) {
    try {
      Channel _ = connect(row.merchantId(), row, pg);
    } catch (RuntimeException unusable) {
      throw Failed.invalid(Refusal.UNUSABLE_FIELDS, pg.name());
    }
  }
}
