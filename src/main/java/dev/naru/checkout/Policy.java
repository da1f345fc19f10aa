package dev.naru.checkout;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Stream;

/** The headers of hosted pages: no inline script or style, nothing kept, no address told. */
public final class Policy {

  private Policy() {}

  /**
   * For the pages of a window: only the site that asked for it and the PG may show it in a frame,
   * so that no other site lays its own page over it.
   *
   * @param hosts of the PG, which the page loads its script from, posts to and frames
   * @param framers hosts of the PG that may show the page in a frame
   */
  public static void apply(
      HttpServletResponse response, List<String> hosts, Visitor visitor, List<String> framers) {
    String ancestors =
        visitor
            .framer()
            .map(
                site ->
                    " "
                        + String.join(
                            " ", Stream.concat(Stream.of(site), framers.stream()).toList()))
            .map(sites -> "; frame-ancestors 'self'" + sites)
            .orElse("");
    apply(response, hosts, ancestors);
  }

  /**
   * @param hosts of the PG, which the page loads its script from, posts to and frames
   * @param framed any site may show the page in a frame
   */
  public static void apply(HttpServletResponse response, List<String> hosts, boolean framed) {
    apply(response, hosts, framed ? "" : "; frame-ancestors 'self'");
  }

  private static void apply(HttpServletResponse response, List<String> hosts, String ancestors) {
    String pg = hosts.isEmpty() ? "" : " " + String.join(" ", hosts);
    String policy =
        "default-src 'none'; base-uri 'none'; script-src 'self'"
            + pg
            + "; style-src 'self'"
            + pg
            + "; img-src 'self' data:"
            + pg
            + "; font-src 'self'"
            + pg
            + "; connect-src 'self'"
            + pg
            + "; frame-src 'self'"
            + pg
            + "; form-action 'self'"
            + pg
            + ancestors;
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "origin");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }
}
