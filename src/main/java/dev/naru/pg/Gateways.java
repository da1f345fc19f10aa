package dev.naru.pg;

import dev.naru.connector.Pg;
import dev.naru.pg.danal.Danal;
import dev.naru.pg.emulated.EmulatedCvs;
import dev.naru.pg.emulated.EmulatedHolders;
import dev.naru.pg.emulated.EmulatedIdentity;
import dev.naru.pg.emulated.EmulatedIdentityWindow;
import dev.naru.pg.emulated.EmulatedNaverco;
import dev.naru.pg.emulated.EmulatedOrderLists;
import dev.naru.pg.emulated.EmulatedPartners;
import dev.naru.pg.emulated.EmulatedPaymentwall;
import dev.naru.pg.emulated.EmulatedPoints;
import dev.naru.pg.emulated.EmulatedQuickPay;
import dev.naru.pg.inicis.Html5Inicis;
import dev.naru.pg.inicis.InicisUnified;
import dev.naru.pg.kakaopay.Kakaopay;
import dev.naru.pg.kcp.KcpV2;
import dev.naru.pg.naverpay.Naverpay;
import dev.naru.pg.nice.NiceV2;
import dev.naru.pg.payco.Payco;
import dev.naru.pg.paypal.Paypal;
import dev.naru.pg.settle.Settle;
import dev.naru.pg.toss.Tosspayments;
import dev.naru.pg.tosspay.Tosspay;
import java.util.List;
import java.util.Optional;

/** The list of all PGs. Adding one is adding its folder and its line here. */
public final class Gateways {

  /** In the order in which the matrix and the console show them. */
  public static final List<Pg<?>> ALL =
      List.of(
          Tosspayments.PG,
          Html5Inicis.PG,
          Settle.PG,
          NiceV2.PG,
          Kakaopay.PG,
          Tosspay.PG,
          Payco.PG,
          Naverpay.PG,
          Paypal.PG,
          KcpV2.PG,
          Danal.PG,
          EmulatedIdentity.DANAL,
          InicisUnified.PG,
          EmulatedIdentityWindow.INICIS_CARD,
          EmulatedNaverco.PG,
          EmulatedPaymentwall.PG,
          EmulatedCvs.GALAXIA,
          EmulatedPoints.BENEPIA,
          EmulatedQuickPay.KCP_QUICK,
          EmulatedHolders.BANKHOLDER,
          EmulatedPartners.INICIS,
          EmulatedOrderLists.KAKAOPAY);

  private Gateways() {}

  /** The PG with this pg_provider. */
  public static Optional<Pg<?>> find(String code) {
    return ALL.stream().filter(pg -> pg.code().equals(code)).findFirst();
  }
}
