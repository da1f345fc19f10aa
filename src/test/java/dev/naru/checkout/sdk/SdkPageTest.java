package dev.naru.checkout.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Hub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the hub writes into the SDK that it serves. */
class SdkPageTest {

  @Test
  void theScriptKnowsWhoMayPopUpAndWhoHasButtons() throws Exception {
    Matcher pgs = Pattern.compile("var PGS = (\\{.*\\});").matcher(served("/v1/iamport.js"));
    assertThat(pgs.find()).isTrue();
    JsonNode table = JsonMapper.shared().readTree(pgs.group(1));
    assertThat(table.propertyNames())
        .containsExactlyInAnyOrder(
            "tosspay",
            "tosspay_v2",
            "inicis_jp",
            "toss_brandpay",
            "settle_acc",
            "mobilians_v2",
            "naverpay",
            "payco",
            "paypal_v2",
            "eximbay");
    assertThat(table.at("/mobilians_v2/shown").toString())
        .isEqualTo("{\"desktop\":\"POPUP\",\"mobile\":\"REDIRECT\"}");
    assertThat(table.at("/naverpay/asked/0/name").asString()).isEqualTo("naverPopupMode");
    assertThat(table.at("/paypal_v2/uis/0/text").asString()).isEqualTo("PayPal");
  }

  @Test
  void itsTypesNameThePgsAndTheirButtons() throws Exception {
    assertThat(served("/v1/iamport.d.ts"))
        .contains("type PgProvider = 'html5_inicis' | ")
        .contains("| 'tosspay_v2' |")
        .containsPattern("type UiType = '[a-z-]+'( \\| '[a-z-]+')*;")
        .contains("'paypal-rt'");
  }

  private static String served(String path) throws Exception {
    URI address = Hub.shared().url().resolve(path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
  }
}
