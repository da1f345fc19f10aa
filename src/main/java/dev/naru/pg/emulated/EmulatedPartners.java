package dev.naru.pg.emulated;

import dev.naru.connector.AfterSale.PartnerReceipts;
import dev.naru.connector.Emulated;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.PartnerOrder;
import dev.naru.connector.http.PgHttp;
import dev.naru.kernel.Secret;
import java.net.URI;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Receipts of those who share a payment, by PGs whose part of the server protocol for them is not
 * public.
 *
 * <p>[inferred] That a payment may have several, that a request is served once by its id, and that
 * what is not stated of VAT is an eleventh: to be checked with INICIS.
 */
public final class EmulatedPartners implements Emulated, PartnerReceipts {

  /** Of payments by KG INICIS, under the same MID. */
  public static final Pg<Config> INICIS =
      Emulation.of(
              "html5_inicis-partner", EmulatedPartners.class, Config.class, EmulatedPartners::new)
          .named("html5_inicis-partner", "KG이니시스 하위 상점 영수증", "KG Inicis partners' receipts")
          .demo(new Config("INIpayTest", new Secret("emulated-partner-key-of-inicis")));

  /** The MID of the payments, and the key. */
  public record Config(String mid, Secret key) {}

  private final PgHttp http;
  private final Emulation emulation;

  EmulatedPartners(Config config, PgHttp http) {
    this.http = http;
    emulation =
        new Emulation(http, config.mid(), config.key(), Set.of("business_number", "company"));
  }

  @Override
  public Outcome<PartnerOrder.Issued> issueForPartners(PartnerOrder order) {
    ObjectNode fields = Emulation.fields().put("payment", order.paid().tid());
    ArrayNode shares = fields.putArray("shares");
    order
        .shares()
        .forEach(
            share ->
                shares
                    .addObject()
                    .put("business_number", share.businessNumber())
                    .put("company", share.company())
                    .put("amount", share.amount().minor())
                    .put("tax_free", share.tax().free())
                    .put("vat", share.tax().vatOf(share.amount().minor())));
    return emulation.call("partner.receipt", order.id(), fields).then(this::issued);
  }

  private Outcome<PartnerOrder.Issued> issued(JsonNode answer) {
    String tid = answer.path("tid").asString("");
    String page = answer.path("fields").path("receipt").asString("");
    // A path of the PG's own, so that no answer can send a buyer elsewhere.
    if (tid.isEmpty() || !page.matches("/(?!/)[\\w./-]{1,200}")) {
      return new Unknown<>("an answer without tid or receipt");
    }
    URI url = http.at(Emulation.HOST, "").resolve(page);
    return new Ok<>(new PartnerOrder.Issued(new PgRef(tid), url.toString()));
  }
}
