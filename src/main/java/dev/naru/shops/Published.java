package dev.naru.shops;

import dev.naru.kernel.Secret;
import java.util.List;

/** What V1's clients default to. Everybody knows it: it opens nothing but a sandbox. */
public final class Published {

  /** The user code of the demo shop. */
  public static final String USER_CODE = "imp00000000";

  /** Clients differ in how they write it. */
  public static final List<String> KEYS = List.of("imp_apikey", "imp_apiKey");

  /** The one secret of both. */
  public static final Secret SECRET =
      new Secret(
          "ekKoeW8RyKuT0zgaZsUtXXTLQ4AhPFW3ZGseDA6b" + "kA5lamv9OqDMnxyeB9wqOsuO9W3Mx9YSJ4dTqJ3f");

  private Published() {}
}
