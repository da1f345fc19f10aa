package dev.naru.simulator;

import dev.naru.simulator.danal.Danal;
import dev.naru.simulator.emulated.Emulated;
import dev.naru.simulator.inicis.Inicis;
import dev.naru.simulator.inicis.InicisUnified;
import dev.naru.simulator.kakaopay.Kakaopay;
import dev.naru.simulator.kcp.Kcp;
import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.naverpay.Naverpay;
import dev.naru.simulator.nice.Nice;
import dev.naru.simulator.payco.Payco;
import dev.naru.simulator.paypal.Paypal;
import dev.naru.simulator.settle.Settle;
import dev.naru.simulator.toss.Toss;
import dev.naru.simulator.tosspay.Tosspay;
import java.util.List;
import java.util.function.Function;

/** All fake PGs. A further one is its folder, and a line here. */
final class Fakes {

  /** How each is opened. The emulated ones come last: some of them read in the others' books. */
  static final List<Function<House, Fake>> ALL =
      List.of(
          Toss::new,
          Inicis::new,
          InicisUnified::new,
          Settle::new,
          Nice::new,
          Kakaopay::new,
          Tosspay::new,
          Payco::new,
          Naverpay::new,
          Paypal::new,
          Kcp::new,
          Danal::new,
          Emulated::new);

  private Fakes() {}
}
