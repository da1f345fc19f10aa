package dev.naru.console.frame;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Why;
import dev.naru.kernel.Wording;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;

/** What a page that refuses looks like: the frame, the reason, and the way back. */
@ControllerAdvice(annotations = ConsolePage.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleRefusals {

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleRefusals.class);

  private final Frame frame;
  private final Ids ids;

  ConsoleRefusals(Frame frame, Ids ids) {
    this.frame = frame;
    this.ids = ids;
  }

  @ExceptionHandler
  ModelAndView failed(Failed failed, HttpServletRequest request, HttpServletResponse response) {
    return page(status(failed.failure()), failed.failure().why(), request, response);
  }

  @ExceptionHandler
  ModelAndView bug(Exception e, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return page(HttpStatus.BAD_REQUEST, Refusal.BAD_REQUEST.with(), request, response);
    }
    // What a parameter says is of no type that it may have.
    if (e instanceof TypeMismatchException) {
      return page(HttpStatus.BAD_REQUEST, Refusal.BAD_REQUEST.with(), request, response);
    }
    if (e instanceof DataAccessResourceFailureException) {
      LOG.warn("the database is away: {}", e.getMessage());
      return page(HttpStatus.SERVICE_UNAVAILABLE, Refusal.OUT_OF_ORDER.with(), request, response);
    }
    if (e instanceof ClientAbortException || e instanceof AsyncRequestNotUsableException) {
      // Whoever asked has gone, and sees no page.
      LOG.debug("nobody waits for the page", e);
      return new ModelAndView();
    }
    String number = Long.toString(ids.row(), 36);
    LOG.error("console request failed, error {}", number, e);
    if (response.isCommitted()) {
      // A page behind half a file would make it look whole: the server breaks the connection off.
      throw e;
    }
    return page(HttpStatus.INTERNAL_SERVER_ERROR, Refusal.BUG.with(number), request, response);
  }

  private ModelAndView page(
      HttpStatus status, Why why, HttpServletRequest request, HttpServletResponse response) {
    ModelAndView page = new ModelAndView("console/refused");
    page.setStatus(status);
    page.addObject("why", Wording.of(Languages.korean(request)).of(why))
        .addObject("status", status.value());
    frame.dress(request, response, page);
    return page;
  }

  static HttpStatus status(Failure failure) {
    return switch (failure) {
      case Failure.Invalid _ -> HttpStatus.UNPROCESSABLE_CONTENT;
      case Failure.Unauthorized _ -> HttpStatus.UNAUTHORIZED;
      case Failure.Forbidden _ -> HttpStatus.FORBIDDEN;
      case Failure.TooMany _ -> HttpStatus.TOO_MANY_REQUESTS;
      case Failure.Busy _ -> HttpStatus.SERVICE_UNAVAILABLE;
      case Failure.NotFound _ -> HttpStatus.NOT_FOUND;
      case Failure.WrongMethod _ -> HttpStatus.METHOD_NOT_ALLOWED;
      case Failure.TooLarge _ -> HttpStatus.CONTENT_TOO_LARGE;
      case Failure.Unsupported _ -> HttpStatus.NOT_IMPLEMENTED;
      case Failure.PgError _ -> HttpStatus.BAD_GATEWAY;
      case Failure.Conflict _, Failure.WrongState _, Failure.PaidBefore _, Failure.RefusedByPg _ ->
          HttpStatus.CONFLICT;
    };
  }
}
