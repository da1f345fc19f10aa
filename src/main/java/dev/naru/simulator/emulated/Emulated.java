package dev.naru.simulator.emulated;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.people.Verifications;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.window.Texts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All emulated PGs: those whose own protocols are not public, and which speak {@link Emulation}'s.
 * Which there are, and what each can do, stands in {@code emulated/pgs.csv}.
 */
public final class Emulated implements Fake {

  private final Map<String, EmulatedPayments> payments = new TreeMap<>();
  private final Map<String, EmulatedDesk> desks = new TreeMap<>();
  private final Map<String, Verifications> codes = new TreeMap<>();
  private final Map<String, EmulatedIdentity> windows = new TreeMap<>();

  /** Opens their books; those of the PGs that some of them tell about must be open. */
  public Emulated(House house) {
    Texts.add("emulated/texts.csv");
    for (String pg : Emulation.having("identity.otp")) {
      codes.put(pg, house.verifications(pg));
    }
    for (String pg : Emulation.having("identity")) {
      windows.put(pg, new EmulatedIdentity(pg, house.verifications(pg), house.people()));
    }
    for (String pg : Emulation.having("payment")) {
      payments.put(pg, payments(house, pg));
    }
    direct(house);
    companions(house);
  }

  private static EmulatedPayments payments(House house, String pg) {
    return new EmulatedPayments(
        house.till(pg), house.windows(), Emulation.having("product").contains(pg));
  }

  /** Those that take payments without a window. */
  private void direct(House house) {
    for (String pg : Emulation.having("cvs")) {
      desks.put(pg, new EmulatedCvs(house.till(pg), house.notices()));
    }
    for (String pg : Emulation.having("welfare")) {
      desks.put(pg, new EmulatedWelfare(house.till(pg)));
    }
    for (String pg : Emulation.having("quick")) {
      desks.put(pg, new EmulatedQuick(house.till(pg)));
    }
  }

  /** Those that take no payments: they tell something, some of them about another PG's book. */
  private void companions(House house) {
    for (String pg : Emulation.having("account")) {
      desks.put(pg, new EmulatedHolders(house.till(pg)));
    }
    for (String pg : Emulation.having("partner")) {
      desks.put(pg, new EmulatedPartners(house.till(pg), beside(house, pg)));
    }
    for (String pg : Emulation.having("orders")) {
      desks.put(pg, new EmulatedOrderLists(house.till(pg), beside(house, pg)));
    }
  }

  /** The book of the PG that a companion is called after. */
  private static Ledger beside(House house, String companion) {
    return house.ledger(companion.substring(0, companion.indexOf('-')));
  }

  @Override
  public List<Door> doors() {
    StoreTill store = new StoreTill(desks);
    BuyerDesk buyer = new BuyerDesk(payments);
    return List.of(
        Door.open("/emulation/v1", new Emulation(codes, windows, payments, desks)::handle),
        // Where testers play the people that these PGs have to do with.
        Door.testers(
            "/emulation",
            call -> call.path().equals("/buyer") ? buyer.handle(call) : store.handle(call)));
  }

  @Override
  public List<Till> tills() {
    return Stream.concat(
            payments.values().stream().map(EmulatedPayments::till),
            desks.values().stream().map(EmulatedDesk::till))
        .toList();
  }
}
