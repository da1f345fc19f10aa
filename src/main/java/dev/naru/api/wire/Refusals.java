package dev.naru.api.wire;

import static dev.naru.merchant.Refusal.UNAUTHORIZED;

import dev.naru.api.Refusal;
import dev.naru.kernel.Cause;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Malformed;
import dev.naru.kernel.Why;
import dev.naru.kernel.Wording;
import dev.naru.look.RefusalPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The one place that knows which HTTP status and V1 code a refusal has. */
@RestControllerAdvice
public class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final Ids ids;

  Refusals(Ids ids) {
    this.ids = ids;
  }

  @ExceptionHandler
  Object failed(Failed failed, HttpServletRequest request, HttpServletResponse response) {
    return failed.failure() instanceof Failure.Invalid(Why why)
        ? json(RefusalStatuses.invalid(request), -1, why)
        : told(answer(failed.failure()), request, response);
  }

  @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
  Object unknownPath(Exception e, HttpServletRequest request, HttpServletResponse response) {
    return told(answer(new Failure.NotFound(Refusal.UNKNOWN_PATH.with())), request, response);
  }

  @ExceptionHandler
  Object wrongMethod(
      HttpRequestMethodNotSupportedException e,
      HttpServletRequest request,
      HttpServletResponse response) {
    return told(answer(new Failure.WrongMethod(Refusal.UNKNOWN_METHOD.with())), request, response);
  }

  /** The caller has gone: there is nobody to answer. */
  @ExceptionHandler
  void gone(AsyncRequestNotUsableException e) {
    LOG.debug("the caller went away", e);
  }

  /** A bug: logged with a number the caller can quote, answered without any detail. */
  @ExceptionHandler
  Object bug(Exception e, HttpServletRequest request, HttpServletResponse response) {
    return told(logged(e, request), request, response);
  }

  private ResponseEntity<Envelope> logged(Exception e, HttpServletRequest request) {
    if (e instanceof org.springframework.web.ErrorResponse known
        && known.getStatusCode().is4xxClientError()) {
      return answer(new Failure.Invalid(Refusal.NOT_SERVED.with()));
    }
    if (e instanceof DataAccessResourceFailureException && request.getMethod().equals("GET")) {
      // Nothing was promised and nothing moved: it may simply be asked again.
      LOG.warn("the database is away: {}", e.getMessage());
      return answer(new Failure.Busy(Refusal.OUT_OF_ORDER.with(), 5));
    }
    if (e instanceof ClientAbortException || e instanceof AsyncRequestNotUsableException) {
      // Whoever asked has gone, and reads no answer: a browser that went on to another page.
      LOG.debug("nobody waits for the answer", e);
      return answer(new Failure.Busy(Refusal.OUT_OF_ORDER.with(), 5));
    }
    String number = Long.toString(ids.row(), 36);
    LOG.error("request failed, error {}", number, e);
    return json(
        HttpStatus.INTERNAL_SERVER_ERROR,
        Envelope.refusal(-1, Wording.KOREAN.of(Refusal.BUG, number)));
  }

  /** A page for somebody at a browser, for whom an envelope means little. */
  static Object told(
      ResponseEntity<Envelope> answer, HttpServletRequest request, HttpServletResponse response) {
    int status = answer.getStatusCode().value();
    Envelope body = answer.getBody();
    return RefusalPage.tells(request, status)
        ? RefusalPage.of(request, response, status, body == null ? null : body.message())
        : answer;
  }

  /** For what was refused before any of our code: of that only the status is known. */
  public static Envelope ofStatus(int status) {
    Cause cause =
        switch (status) {
          case 401 -> UNAUTHORIZED;
          case 404 -> Refusal.UNKNOWN_PATH;
          case 405 -> Refusal.UNKNOWN_METHOD;
          case 413 -> Malformed.BODY_OVER_LIMIT;
          case 422 -> Refusal.KEY_REUSED;
          case 414, 431 -> Refusal.HEAD_TOO_LARGE;
          default -> status < 500 ? Refusal.NOT_SERVED : Refusal.OUT_OF_ORDER;
        };
    return Envelope.refusal(-1, Wording.KOREAN.of(cause));
  }

  static ResponseEntity<Envelope> answer(Failure failure) {
    return switch (failure) {
      case Failure.Invalid(Why why) -> json(HttpStatus.BAD_REQUEST, -1, why);
      case Failure.Unauthorized(Why why) -> json(HttpStatus.UNAUTHORIZED, -1, why);
      case Failure.Forbidden(Why why) -> json(HttpStatus.FORBIDDEN, -1, why);
      case Failure.TooMany(Why why, long seconds) ->
          later(HttpStatus.TOO_MANY_REQUESTS, seconds, why);
      case Failure.Busy(Why why, long seconds) ->
          later(HttpStatus.SERVICE_UNAVAILABLE, seconds, why);
      case Failure.NotFound(Why why) -> json(HttpStatus.NOT_FOUND, -1, why);
      case Failure.WrongMethod(Why why) -> json(HttpStatus.METHOD_NOT_ALLOWED, -1, why);
      case Failure.Conflict(Why why) -> json(HttpStatus.CONFLICT, -1, why);
      case Failure.TooLarge(Why why) -> json(HttpStatus.CONTENT_TOO_LARGE, -1, why);
      case Failure.WrongState(Why why) -> json(HttpStatus.OK, 1, why);
      case Failure.PaidBefore(Why why) -> json(HttpStatus.OK, 1, why);
      case Failure.RefusedByPg(Why why) -> json(HttpStatus.OK, -1, why);
      case Failure.PgError(Why why) -> json(HttpStatus.INTERNAL_SERVER_ERROR, -1, why);
      case Failure.Unsupported(Why why) -> json(HttpStatus.NOT_IMPLEMENTED, -1, why);
    };
  }

  private static ResponseEntity<Envelope> later(HttpStatus status, long seconds, Why why) {
    return ResponseEntity.status(status)
        .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds))
        .contentType(MediaType.APPLICATION_JSON)
        .body(Envelope.refusal(-1, Wording.KOREAN.of(why)));
  }

  private static ResponseEntity<Envelope> json(HttpStatus status, int code, Why why) {
    return json(status, Envelope.refusal(code, Wording.KOREAN.of(why)));
  }

  private static ResponseEntity<Envelope> json(HttpStatus status, Envelope envelope) {
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON).body(envelope);
  }
}
