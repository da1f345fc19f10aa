package dev.naru.checkout;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** The headers of hosted pages: no inline script or style, nothing kept, no address told. */
final class Policy {

  private Policy() {}

  /**
   * @param hosts of the PG, which the page loads its script from, posts to and frames
   * @param framed any site may show the page in a frame
   */
  static void apply(HttpServletResponse response, List<String> hosts, boolean framed) {
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
            + (framed ? "" : "; frame-ancestors 'self'");
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "origin");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }
}
