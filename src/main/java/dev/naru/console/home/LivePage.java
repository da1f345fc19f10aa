package dev.naru.console.home;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;

/** Tells a page that something happened to payments, as server-sent events. */
@ConsolePage
class LivePage {

  /**
   * Who asks for what is below it does not count as having been there: a page does so by itself.
   */
  static final String LIVE = "/console/live";

  private final LiveFeed feed;

  LivePage(LiveFeed feed) {
    this.feed = feed;
  }

  /** To a page's script alone: anybody else would wait for ever. */
  @Needs(Action.PAYMENTS_READ)
  @GetMapping(LIVE)
  void live(Viewer viewer, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    String accepted = request.getHeader(HttpHeaders.ACCEPT);
    if (accepted == null || !accepted.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE)) {
      response.setStatus(HttpStatus.NOT_ACCEPTABLE.value());
      return;
    }
    feed.tell(
        viewer,
        () -> {
          response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
          response.setCharacterEncoding("UTF-8");
          response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
          response.setHeader("X-Accel-Buffering", "no");
          return response.getOutputStream();
        });
  }
}
