package dev.naru.console.payments;

import dev.naru.connector.order.Buyer;
import dev.naru.console.frame.Viewer;
import dev.naru.console.payments.PaymentRow.Tag;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.payment.story.PaymentDetail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Puts payments into rows. */
@Component
class PaymentRows {

  private static final String NOTHING = "–";

  private final Channels channels;
  private final PaidBy paidBy;

  PaymentRows(Channels channels, PaidBy paidBy) {
    this.channels = channels;
    this.paidBy = paidBy;
  }

  List<PaymentRow> of(List<Payment> payments, Viewer viewer, Texts texts) {
    Map<Long, String> shops =
        viewer.everyShop().stream().collect(Collectors.toMap(Merchant::id, Merchant::name));
    return payments.stream()
        .map(one -> row(one, shops.getOrDefault(one.merchantId(), NOTHING), viewer.live(), texts))
        .toList();
  }

  private PaymentRow row(Payment payment, String shop, boolean live, Texts texts) {
    PaymentDetail detail = PaymentDetail.of(payment, false);
    PaymentDetail.Times times = detail.times();
    Optional<Channel> channel = channels.byKey(payment.merchantId(), payment.via().channelKey());
    Instant changed =
        Stream.of(times.canceled(), times.paid(), times.failed())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(times.requested());
    return new PaymentRow(
        detail.impUid(),
        detail.merchantUid(),
        detail.name(),
        buyer(detail.buyer()),
        status(payment, texts),
        kinds(payment, live, texts),
        texts.money(payment.amount()),
        payment.canceled().isZero() ? null : "−" + texts.money(payment.canceled()),
        paidBy.of(payment, texts),
        paidBy.pg(payment, texts),
        channel.map(Channel::name).orElse(NOTHING),
        shop,
        payment.state() instanceof Payment.State.Failed(var decline, var at)
            ? decline.text()
            : null,
        texts.stamp(times.requested()),
        times.paid() == null ? null : texts.stamp(times.paid()),
        texts.stamp(changed),
        !payment.cancelable().isZero());
  }

  private static String buyer(Buyer buyer) {
    return Stream.of(buyer.name(), buyer.email(), buyer.tel())
        .filter(text -> text != null && !text.isBlank())
        .findFirst()
        .orElse(NOTHING);
  }

  private static Tag status(Payment payment, Texts texts) {
    return switch (payment.state()) {
      case Payment.State.Ready _ -> tag(open(payment.attempt()), texts);
      case Payment.State.Waiting _ -> tag("waiting", texts);
      case Payment.State.Failed _ -> tag("failed", texts);
      case Payment.State.Paid _ -> tag(paid(payment), texts);
    };
  }

  private static String open(Attempt attempt) {
    return switch (attempt.state()) {
      case UNKNOWN -> "unknown";
      case PENDING -> "pending";
      default -> "ready";
    };
  }

  private static String paid(Payment payment) {
    if (payment.isKeyOnly()) {
      return "issued";
    }
    if (payment.canceled().isZero()) {
      return "paid";
    }
    return payment.canceled().equals(payment.amount()) ? "cancelled" : "part";
  }

  private static Tag tag(String word, Texts texts) {
    String look =
        switch (word) {
          case "waiting", "pending" -> "wait";
          case "unknown" -> "warn";
          case "issued" -> "good";
          case "cancelled" -> "";
          default -> word;
        };
    return new Tag(look, texts.text("tag." + word));
  }

  private static List<Tag> kinds(Payment payment, boolean live, Texts texts) {
    List<Tag> kinds = new ArrayList<>();
    if (payment.cancelRunning().isPresent()) {
      kinds.add(new Tag("wait", texts.text("tag.cancelling")));
    }
    if (payment.purchase().customerUid() != null) {
      kinds.add(new Tag("plain", texts.text("kind.billing")));
    }
    // In a sandbox every payment is one.
    if (live && payment.via().sandbox()) {
      kinds.add(new Tag("warn plain", texts.text("mode.test")));
    }
    return kinds;
  }
}
