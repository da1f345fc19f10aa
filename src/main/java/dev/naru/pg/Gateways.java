package dev.naru.pg;

import dev.naru.connector.Pg;
import java.util.List;
import java.util.Optional;

/** The list of all PGs. Adding one is adding its file and its line here. */
public final class Gateways {

  /** In the order in which the matrix and the console show them. */
  public static final List<Pg<?>> ALL =
      List.of(
          Tosspayments.PG,
          Html5Inicis.PG,
          Settle.PG,
          Kakaopay.PG,
          Paypal.PG,
          KcpV2.PG,
          Danal.PG,
          EmulatedIdentity.DANAL,
          InicisUnified.PG,
          EmulatedIdentityWindow.INICIS_CARD,
          EmulatedNaverpay.PG,
          EmulatedNaverco.PG,
          EmulatedPayco.PG,
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
