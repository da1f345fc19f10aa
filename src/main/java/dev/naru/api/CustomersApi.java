package dev.naru.api;

import dev.naru.billing.BillingKey;
import dev.naru.billing.BillingKeys;
import dev.naru.billing.CustomerKey;
import dev.naru.billing.SuperKey;
import dev.naru.billing.SuperKeys;
import dev.naru.connector.Buyer;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Card;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.PaymentLists;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /subscribe/customers}: billing keys. */
@RestController
class CustomersApi {

  private final BillingKeys keys;
  private final SuperKeys superKeys;
  private final Channels channels;
  private final Purchases purchases;
  private final PaymentLists payments;

  CustomersApi(
      BillingKeys keys,
      SuperKeys superKeys,
      Channels channels,
      Purchases purchases,
      PaymentLists payments) {
    this.superKeys = superKeys;
    this.payments = payments;
    this.keys = keys;
    this.channels = channels;
    this.purchases = purchases;
  }

  @GetMapping("/subscribe/customers")
  ResponseEntity<Envelope> bulk(Merchant merchant, Params params) {
    List<String> asked = params.texts("customer_uid", 80, 100);
    if (asked.isEmpty()) {
      throw Failed.invalid("필수 파라미터가 누락되었습니다. (customer_uid[])");
    }
    List<CustomerKey> found = keys.find(merchant.id(), asked);
    if (found.isEmpty()) {
      throw Failed.notFound("요청하신 customer_uid로 등록된 정보를 찾을 수 없습니다.");
    }
    Set<String> missing = new HashSet<>(asked);
    found.forEach(key -> missing.remove(key.customerUid()));
    return ResponseEntity.status(missing.isEmpty() ? HttpStatus.OK : HttpStatus.MULTI_STATUS)
        .body(Envelope.of(found.stream().map(this::view).toList()));
  }

  @GetMapping("/subscribe/customers/{customerUid}")
  Envelope one(Merchant merchant, @PathVariable String customerUid) {
    return Envelope.of(view(keys.get(merchant.id(), customerUid)));
  }

  @PostMapping("/subscribe/customers/{customerUid}")
  Envelope issue(Merchant merchant, Params sent, @PathVariable String customerUid) {
    if (customerUid.codePointCount(0, customerUid.length()) > 80) {
      throw Failed.invalid("파라미터 길이는 최대 80자입니다. (customer_uid)");
    }
    String group = groupOf(sent);
    Supplier<Channel> named =
        () ->
            channels.choose(
                merchant.id(), sent.text("channel_key", 55), sent.text("pg", 80), IssueKey.class);
    Params params =
        Purchases.readBy(
            sent, "card", () -> group == null ? Optional.of(named.get()) : Optional.empty());
    Card card = purchases.card(params);
    Buyer customer =
        new Buyer(
            params.text("customer_name", 20),
            params.text("customer_email", 200),
            params.text("customer_tel", 20),
            params.text("customer_addr", 200),
            params.text("customer_postcode", 8));
    String customerId = params.text("customer_id", 300);
    BillingKeys.Holder holder = new BillingKeys.Holder(customerUid, customerId, customer);
    if (group != null) {
      return Envelope.of(view(superKeys.issue(merchant, group, holder, card)));
    }
    return Envelope.of(view(keys.issue(merchant, named.get(), holder, card)));
  }

  /** Today's name of the group, or the camel case one that came before and stands elsewhere. */
  static @Nullable String groupOf(Params params) {
    String group = params.text("channel_group_id", 55);
    return group == null ? params.text("channelGroupId", 55) : group;
  }

  @DeleteMapping("/subscribe/customers/{customerUid}")
  Envelope delete(Merchant merchant, Params params, @PathVariable String customerUid) {
    params.text("reason", 256);
    return Envelope.of(view(keys.delete(merchant.id(), customerUid)));
  }

  /** What was paid with the key; known as long as there is either. */
  @GetMapping("/subscribe/customers/{customerUid}/payments")
  Envelope payments(Merchant merchant, Params params, @PathVariable String customerUid) {
    PaymentLists.Page page =
        new PaymentLists.Page(
            params.whole("page", 1, 1, 1_000_000), params.whole("limit", 20, 1, 1000));
    PaymentLists.Found found = payments.ofCustomer(merchant.id(), customerUid, page);
    if (found.total() == 0) {
      keys.get(merchant.id(), customerUid);
    }
    return Envelope.of(
        PagedView.of(found.total(), page.number(), page.size(), found.payments(), PaymentView::of));
  }

  private Object view(CustomerKey key) {
    return switch (key) {
      case BillingKey only -> CustomerView.of(only, channel(only));
      case SuperKey several ->
          SuperKeyView.of(
              several,
              several.keys().stream()
                  .map(one -> SuperKeyView.Succeeded.of(one, channel(one)))
                  .toList());
    };
  }

  private Channel channel(BillingKey key) {
    return channels.get(key.merchantId(), key.channelKey());
  }
}
