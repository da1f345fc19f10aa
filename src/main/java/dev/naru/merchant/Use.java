package dev.naru.merchant;

import dev.naru.connector.AfterSale;
import dev.naru.connector.Capability;
import dev.naru.connector.Identifies;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a channel is wanted for.
 *
 * @param word in Korean, for who asks for it where there is none
 */
public record Use(Predicate<Channel> is, String word) {

  private static final Map<Class<? extends Capability>, String> WORDS =
      Map.ofEntries(
          Map.entry(Capability.KeyIn.class, "카드 정보 결제"),
          Map.entry(Capability.IssueKey.class, "빌링키 발급"),
          Map.entry(Capability.Checkout.class, "결제"),
          Map.entry(Capability.WindowKey.class, "빌링키 발급"),
          Map.entry(Capability.Vbank.class, "가상계좌 발급"),
          Map.entry(Capability.Cvs.class, "편의점 결제"),
          Map.entry(Capability.Points.class, "포인트 결제"),
          Map.entry(Capability.QuickPay.class, "퀵페이"),
          Map.entry(Capability.WishLists.class, "찜하기"),
          Map.entry(AfterSale.Receipts.class, "현금영수증 발급"),
          Map.entry(Identifies.IdentityWindow.class, "본인인증"),
          Map.entry(Identifies.IdentityOtp.class, "본인인증"));

  /** A window to pay in, of either kind. */
  public static final Use WINDOW =
      new Use(
          channel ->
              channel.has(Capability.Checkout.class)
                  || channel.has(Capability.OneStepCheckout.class),
          "결제");

  /** A window that ends in a billing key. */
  public static final Use KEY_WINDOW = of(Capability.WindowKey.class);

  /** What has this capability. */
  public static Use of(Class<? extends Capability> capability) {
    return new Use(channel -> channel.has(capability), WORDS.getOrDefault(capability, "이 요청"));
  }

  /** The same of those for which this is true. */
  public Use and(Predicate<Channel> also) {
    return new Use(is.and(also), word);
  }

  boolean isOf(Channel channel) {
    return is.test(channel);
  }

  /** The refusal where a PG is known, and by no channel can do this. */
  Failed none(String pg) {
    return new Failed(
        new Failure.Unsupported(
            "PG(" + pg + ")에는 " + word + "에 사용할 수 있는 채널이 없습니다. 지원하지 않는 기능입니다."));
  }
}
