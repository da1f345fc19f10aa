package dev.naru.sandbox;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One call a hook received.
 *
 * @param at the hub's time, which may have been advanced
 * @param answered the status it was answered with
 * @param query what followed the question mark in the URL
 * @param headers by lower-case name
 * @param fields the body as JSON object or form; null if it is neither
 */
record Hook(
    Instant at,
    int answered,
    @Nullable String query,
    Map<String, String> headers,
    @Nullable String contentType,
    String body,
    @Nullable Map<String, Object> fields) {

  Hook {
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }
}
