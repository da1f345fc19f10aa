package dev.naru.connector;

/**
 * A connector that speaks Naru's emulation protocol ({@code docs/emulation.md}), because the server
 * protocol of its PG is not public. Live mode does not know such PGs.
 */
public interface Emulated extends Connector {}
