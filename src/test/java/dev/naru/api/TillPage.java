package dev.naru.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** The page of the store's till, as a browser without script uses it. */
final class TillPage {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TillPage() {}

  static String open(URI till) {
    return send(HttpRequest.newBuilder(till).GET());
  }

  static String pay(URI till, String barcode, String payType) {
    String form =
        "barcode=" + URLEncoder.encode(barcode, StandardCharsets.UTF_8) + "&pay_type=" + payType;
    return send(
        HttpRequest.newBuilder(till)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private static String send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
