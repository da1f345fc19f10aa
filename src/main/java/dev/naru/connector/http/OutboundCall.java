package dev.naru.connector.http;

import java.util.Map;

/** A POST. */
public record OutboundCall(
    String url,
    String contentType,
    String body,
    Map<String, String> headers,
    Outbound.Patience patience) {

  public OutboundCall {
    headers = Map.copyOf(headers);
  }
}
