package dev.naru.connector.order;

/** On whose wish something is done: V1's {@code requester}. */
public enum Requester {
  CUSTOMER,
  ADMIN
}
