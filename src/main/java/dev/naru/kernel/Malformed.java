package dev.naru.kernel;

/** What is wrong with a request before anybody looks at what it is about, in V1's words. */
public enum Malformed implements Cause {
  MISSING,
  BODY_TOO_LARGE,
  BODY_UNREADABLE,
  BODY_NO_JSON,
  BODY_OVER_LIMIT,
  BODY_NO_UTF8,
  TOO_LONG,
  WRONG_FORM,
  WRONG_FORM_WANTED
}
