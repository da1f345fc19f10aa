package dev.naru.api;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Ids;
import jakarta.servlet.http.HttpServletRequest;
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
class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final Ids ids;

  Refusals(Ids ids) {
    this.ids = ids;
  }

  @ExceptionHandler
  ResponseEntity<Envelope> failed(Failed failed, HttpServletRequest request) {
    return failed.failure() instanceof Failure.Invalid(String message)
        ? json(Statuses.invalid(request), -1, message)
        : answer(failed.failure());
  }

  @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
  ResponseEntity<Envelope> unknownPath(Exception e) {
    return answer(new Failure.NotFound("존재하지 않는 경로입니다."));
  }

  @ExceptionHandler
  ResponseEntity<Envelope> wrongMethod(HttpRequestMethodNotSupportedException e) {
    return answer(new Failure.WrongMethod("지원하지 않는 HTTP 메서드입니다."));
  }

  /** The caller has gone: there is nobody to answer. */
  @ExceptionHandler
  void gone(AsyncRequestNotUsableException e) {
    LOG.debug("the caller went away", e);
  }

  /** A bug: logged with a number the caller can quote, answered without any detail. */
  @ExceptionHandler
  ResponseEntity<Envelope> bug(Exception e, HttpServletRequest request) {
    if (e instanceof org.springframework.web.ErrorResponse known
        && known.getStatusCode().is4xxClientError()) {
      return answer(new Failure.Invalid("요청을 처리할 수 없습니다. 요청 형식을 확인해 주세요."));
    }
    if (e instanceof DataAccessResourceFailureException && request.getMethod().equals("GET")) {
      // Nothing was promised and nothing moved: it may simply be asked again.
      LOG.warn("the database is away: {}", e.getMessage());
      return answer(new Failure.Busy("일시적인 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.", 5));
    }
    String number = Long.toString(ids.row(), 36);
    LOG.error("request failed, error {}", number, e);
    return json(
        HttpStatus.INTERNAL_SERVER_ERROR,
        Envelope.refusal(-1, "일시적인 오류가 발생했습니다. (오류 번호: " + number + ")"));
  }

  /** For what was refused before any of our code: of that only the status is known. */
  static Envelope ofStatus(int status) {
    return Envelope.refusal(
        -1,
        switch (status) {
          case 401 -> "Unauthorized";
          case 404 -> "존재하지 않는 경로입니다.";
          case 405 -> "지원하지 않는 HTTP 메서드입니다.";
          case 413 -> "요청 본문이 너무 큽니다.";
          case 422 -> "같은 Idempotency-Key로 다른 내용의 요청을 보낼 수 없습니다.";
          case 414, 431 -> "요청 URL 또는 헤더가 너무 깁니다.";
          default ->
              status < 500
                  ? "요청을 처리할 수 없습니다. 요청 형식을 확인해 주세요."
                  : "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.";
        });
  }

  static ResponseEntity<Envelope> answer(Failure failure) {
    return switch (failure) {
      case Failure.Invalid(String message) -> json(HttpStatus.BAD_REQUEST, -1, message);
      case Failure.Unauthorized(String message) -> json(HttpStatus.UNAUTHORIZED, -1, message);
      case Failure.Forbidden(String message) -> json(HttpStatus.FORBIDDEN, -1, message);
      case Failure.TooMany(String message, long seconds) ->
          later(HttpStatus.TOO_MANY_REQUESTS, seconds, message);
      case Failure.Busy(String message, long seconds) ->
          later(HttpStatus.SERVICE_UNAVAILABLE, seconds, message);
      case Failure.NotFound(String message) -> json(HttpStatus.NOT_FOUND, -1, message);
      case Failure.WrongMethod(String message) -> json(HttpStatus.METHOD_NOT_ALLOWED, -1, message);
      case Failure.Conflict(String message) -> json(HttpStatus.CONFLICT, -1, message);
      case Failure.TooLarge(String message) -> json(HttpStatus.CONTENT_TOO_LARGE, -1, message);
      case Failure.WrongState(String message) -> json(HttpStatus.OK, 1, message);
      case Failure.PaidBefore(String message) -> json(HttpStatus.OK, 1, message);
      case Failure.RefusedByPg(String message) -> json(HttpStatus.OK, -1, message);
      case Failure.PgError(String message) -> json(HttpStatus.INTERNAL_SERVER_ERROR, -1, message);
      case Failure.Unsupported(String message) -> json(HttpStatus.NOT_IMPLEMENTED, -1, message);
    };
  }

  private static ResponseEntity<Envelope> later(HttpStatus status, long seconds, String message) {
    return ResponseEntity.status(status)
        .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds))
        .contentType(MediaType.APPLICATION_JSON)
        .body(Envelope.refusal(-1, message));
  }

  private static ResponseEntity<Envelope> json(HttpStatus status, int code, String message) {
    return json(status, Envelope.refusal(code, message));
  }

  private static ResponseEntity<Envelope> json(HttpStatus status, Envelope envelope) {
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON).body(envelope);
  }
}
