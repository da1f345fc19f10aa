package dev.naru.connector.order;

import dev.naru.connector.order.Wishes.Account;
import dev.naru.connector.order.Wishes.Cards;
import dev.naru.connector.order.Wishes.Choice;
import dev.naru.connector.order.Wishes.Goods;
import dev.naru.connector.order.Wishes.Names;
import dev.naru.connector.order.Wishes.Period;
import dev.naru.kernel.work.Due;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * V1's optional parameters by their names, as texts: what a window is asked for with, once it is
 * checked, and what documents held that versions before {@link Wishes} wrote. Nothing throws: what
 * cannot be read was not asked for.
 *
 * @param flat dots lead into objects; lists of plain values have commas between them, other lists
 *     are JSON
 */
public record V1Parameters(Map<String, String> flat) {

  /** V1's cash_receipt_type for none at all. */
  public static final String NO_RECEIPT = "anonymous";

  private static final String BYPASS = "bypass.";

  /** What V1 hands on to one PG, too, and has beside bypass. */
  private static final Set<String> HANDED_ON =
      Set.of(
          "naverActionType",
          "naverCultureBenefit",
          "naverMerchantUserKey",
          "naverProductCode",
          "naverProductCount",
          "naverPurchaserBirthday",
          "naverPurchaserName",
          "naverUseCfm");

  private static final String INSTALMENTS = "card.useInstallment";

  public V1Parameters {
    flat = Map.copyOf(flat);
  }

  /** V1's promotion_id: the promotion a discount is asked of. */
  public @Nullable String promotionId() {
    return flat.get("promotion_id");
  }

  /** V1's customer_id: whom a PG binds a billing key to. */
  public @Nullable String customerId() {
    return flat.get("customer_id");
  }

  public Wishes wishes() {
    return new Wishes(
        new Account(
            Due.read(flat.get("vbank_due")).orElse(null),
            flat.get("vbank_num"),
            is("fixed_unlimited_vbank")),
        new Cards(
            flat.get("card.direct.code"),
            choices(),
            quotas(),
            is("appCard"),
            is("useCardPoint"),
            is("interest_free_by_merchant")),
        new Goods(is("digital"), products(), flat.get("naverProducts"), period()),
        new ScreenWishes(
            flat.containsKey("popup") ? is("popup") : null,
            is("naverPopupMode"),
            is("kakaopayMobileAsPC")),
        new Names(
            flat.get("company"),
            flat.get("company_en"),
            flat.get("buyer_first_name"),
            flat.get("buyer_last_name")),
        NO_RECEIPT.equals(flat.get("cash_receipt_type")),
        handedOn(bypass(flat), flat));
  }

  /** What is handed on unchanged, by its place in bypass or by its own name. */
  public static Map<String, String> handedOn(
      Map<String, String> bypass, Map<String, String> beside) {
    Map<String, String> all = new HashMap<>(bypass);
    beside.entrySet().stream()
        .filter(each -> HANDED_ON.contains(each.getKey()))
        .forEach(each -> all.put(each.getKey(), each.getValue()));
    return all;
  }

  /** Of a flat map, what is below {@code bypass}, by where it stands there. */
  public static Map<String, String> bypass(Map<String, String> flat) {
    return flat.entrySet().stream()
        .filter(each -> each.getKey().startsWith(BYPASS))
        .collect(
            Collectors.toMap(
                each -> each.getKey().substring(BYPASS.length()), Map.Entry::getValue));
  }

  private boolean is(String name) {
    return "true".equals(flat.get(name));
  }

  /** The SDK's page and its typings call it differently. */
  private @Nullable String products() {
    return flat.getOrDefault("escrowProducts", flat.get("products"));
  }

  private @Nullable Period period() {
    String from = flat.get("period.from");
    String to = flat.get("period.to");
    return from == null || to == null ? null : new Period(from, to);
  }

  private @Nullable List<Integer> quotas() {
    String months = flat.get("display.card_quota");
    if (months == null) {
      return "false".equals(flat.get(INSTALMENTS)) ? List.of() : null;
    }
    return Arrays.stream(months.split(",", -1))
        .map(String::strip)
        .filter(each -> each.matches("\\d{1,4}"))
        .map(Integer::valueOf)
        .toList();
  }

  private List<Choice> choices() {
    try {
      return JsonMapper.shared()
          .readTree(flat.getOrDefault("card.detail", ""))
          .valueStream()
          .map(
              each ->
                  new Choice(
                      each.path("card_code").asString(""), each.path("enabled").asBoolean(true)))
          .toList();
    } catch (JacksonException malformed) {
      return List.of();
    }
  }
}
