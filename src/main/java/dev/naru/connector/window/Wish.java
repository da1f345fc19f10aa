package dev.naru.connector.window;

import dev.naru.kernel.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shop offers a person for their wish list at the PG (찜). V1: {@code IMP.naver_zzim}.
 *
 * @param id 20 characters of 0-9 A-Z, of this request
 * @param language ko or en
 */
public record Wish(String id, String language, List<Product> products) {

  public Wish {
    products = List.copyOf(products);
  }

  /**
   * A product of the shop.
   *
   * @param id the shop's own
   * @param price of one
   * @param page its http(s) address in the shop
   * @param thumbnail http(s), as {@code image}
   */
  public record Product(
      String id,
      String name,
      @Nullable String description,
      Money price,
      String page,
      @Nullable String thumbnail,
      @Nullable String image) {}
}
