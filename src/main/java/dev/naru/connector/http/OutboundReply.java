package dev.naru.connector.http;

/** What came of a call. */
public sealed interface OutboundReply {

  /** An answer of whatever status; the body may be cut. */
  record Answered(int status, String body) implements OutboundReply {}

  /** Nothing was sent, because Naru does not call such URLs or addresses. */
  record Blocked(String why) implements OutboundReply {}

  /** No answer: the network, the certificate, or too slow. It may have arrived all the same. */
  record Failed(String why) implements OutboundReply {}
}
