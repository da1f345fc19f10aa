package dev.naru.merchant.reach;

import dev.naru.connector.http.PgClocks;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.http.WireLog;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Settings;
import dev.naru.kernel.work.Beat;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;

/**
 * Keeps the scrubbed exchanges with PGs. It is for people who look into a payment, not for money:
 * entries wait in memory and are written in batches, and are dropped rather than hold up a payment.
 */
@Component
public class WireLogs implements DisposableBean {

  private static final int WAITING = 20_000;
  private static final int BATCH = 500;

  private static final Logger LOG = LoggerFactory.getLogger(WireLogs.class);

  private record Kept(long merchantId, WireLog.Entry entry) {}

  private final NamedParameterJdbcTemplate jdbc;
  private final Ids ids;
  private final PgHttp http;
  private final BlockingQueue<Kept> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Beat beat = new Beat("wire-log");
  private final Thread writer;
  private volatile boolean closing;

  WireLogs(
      NamedParameterJdbcTemplate jdbc,
      Ids ids,
      Settings settings,
      HubClock clock,
      PgClocks clocks) {
    this.jdbc = jdbc;
    this.ids = ids;
    http =
        PgHttp.create(
            new PgHttp.Timeouts(settings.pgTimes().connect(), settings.pgTimes().read()),
            entry -> {},
            clock,
            clocks);
    writer = Thread.ofVirtual().name("wire-log").start(this::write);
  }

  public PgHttp http() {
    return http;
  }

  public void keep(long merchantId, WireLog.Entry entry) {
    if (!waiting.offer(new Kept(merchantId, entry))) {
      LOG.warn("wire log is full, an entry about {} is lost", entry.orderId());
    }
  }

  @Override
  public void destroy() throws InterruptedException {
    closing = true;
    writer.join(5_000);
  }

  private void write() {
    while (!closing || !waiting.isEmpty()) {
      List<Kept> batch = new ArrayList<>();
      try {
        Kept first = waiting.poll(200, TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        batch.add(first);
        waiting.drainTo(batch, BATCH - 1);
        insert(batch);
      } catch (InterruptedException stopping) {
        return;
      } catch (Throwable e) {
        beat.survive(batch.size() + " entries are lost", e);
      }
    }
  }

  private void insert(List<Kept> batch) {
    jdbc.batchUpdate(
        """
        insert into wire_log (merchant_id, wire_id, order_id, at, millis, method, url, request,
          status, answer)
        values (:merchant, :id, :order, :at, :millis, :method, :url, :request, :status, :answer)
        """,
        batch.stream().map(this::row).toArray(SqlParameterSource[]::new));
  }

  private SqlParameterSource row(Kept kept) {
    WireLog.Entry entry = kept.entry();
    return new MapSqlParameterSource()
        .addValue("merchant", kept.merchantId())
        .addValue("id", ids.row())
        .addValue("order", entry.orderId())
        .addValue("at", Timestamp.from(entry.at()))
        .addValue("millis", entry.millis())
        .addValue("method", entry.method())
        .addValue("url", entry.url())
        .addValue("request", entry.request().replace("\0", ""))
        .addValue("status", entry.status())
        .addValue("answer", entry.answer().replace("\0", ""));
  }
}
