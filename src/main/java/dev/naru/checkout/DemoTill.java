package dev.naru.checkout;

import dev.naru.connector.Approval;
import dev.naru.connector.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchants;
import dev.naru.payment.Cancellations;
import dev.naru.payment.Payment;
import dev.naru.payment.PaymentStore;
import dev.naru.payment.Statuses;
import dev.naru.payment.Windows;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** The server side of the demo page. */
@Component
@ConditionalOnProperty(name = "naru.mode", havingValue = "sandbox", matchIfMissing = true)
class DemoTill {

  private final Merchants merchants;
  private final Channels channels;
  private final PaymentStore payments;
  private final Cancellations cancellations;
  private final Settings settings;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();

  DemoTill(
      Merchants merchants,
      Channels channels,
      PaymentStore payments,
      Cancellations cancellations,
      Settings settings) {
    this.merchants = merchants;
    this.channels = channels;
    this.payments = payments;
    this.cancellations = cancellations;
    this.settings = settings;
  }

  /** Those with a window, by which the page lets the visitor pay. */
  List<Channel> channels() {
    return channels.of(merchantId()).stream().filter(Windows::has).toList();
  }

  List<String> pgHosts() {
    return Stream.ofNullable(settings.simulatorUrl()).map(URI::toString).toList();
  }

  Payment payment(String impUid) {
    return ImpUid.parse(impUid)
        .flatMap(uid -> payments.find(merchantId(), uid))
        .orElseThrow(() -> Failed.notFound("존재하지 않는 결제정보입니다."));
  }

  Payment cancel(String impUid) {
    return cancellations.cancel(
        payment(impUid), new Cancellations.Request(null, Tax.NONE, null, "데모 상점에서 취소", null, true));
  }

  void deposit(String impUid) throws InterruptedException {
    Payment payment = payment(impUid);
    Approval.Account account =
        payment
            .approval()
            .map(Approval::account)
            .orElseThrow(() -> Failed.wrongState("입금을 기다리는 가상계좌가 없습니다."));
    URI target =
        URI.create(
            settings.simulatorUrl()
                + "/_sim/vbanks/"
                + payment.via().provider()
                + "/"
                + account.number().replaceAll("[^0-9]", "")
                + "/deposit");
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw Failed.wrongState("시뮬레이터가 입금을 받지 않습니다: " + answer.body());
      }
    } catch (IOException away) {
      throw Failed.wrongState("시뮬레이터에 연결할 수 없습니다.");
    }
  }

  Map<String, Object> view(Payment payment) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("imp_uid", payment.impUid().value());
    view.put("merchant_uid", payment.purchase().merchantUid());
    view.put("status", Statuses.of(payment));
    view.put("amount", payment.amount().major());
    view.put("cancel_amount", payment.canceled().major());
    view.put("cancelable", payment.cancelable().major());
    payment
        .approval()
        .map(Approval::account)
        .ifPresent(
            account -> {
              view.put("vbank_name", account.bankName());
              view.put("vbank_num", account.number());
            });
    return view;
  }

  private long merchantId() {
    return merchants
        .byUserCode(DemoPage.USER_CODE)
        .orElseThrow(() -> Failed.notFound("데모 상점이 없습니다."))
        .id();
  }
}
