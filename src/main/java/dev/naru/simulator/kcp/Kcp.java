package dev.naru.simulator.kcp;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.people.Verifications;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.window.Texts;
import java.util.List;

/** KCP: its identity hub, and its identity window, which share a book. */
public final class Kcp implements Fake {

  static final String PG = "kcp_v2";

  private final KcpV2 hub;
  private final KcpCert window;

  /** Opens its book. */
  public Kcp(House house) {
    Texts.add("kcp/texts.csv");
    Verifications book = house.verifications(PG);
    Contracts contracts = house.contracts(PG, "kcp/merchants.csv");
    hub = new KcpV2(book, contracts);
    window = new KcpCert(book, house.people(), contracts);
  }

  @Override
  public List<Door> doors() {
    return List.of(Door.open("/kcp_v2", hub::handle), Door.open("/kcp_cert", window::handle));
  }
}
