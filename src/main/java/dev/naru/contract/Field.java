package dev.naru.contract;

/**
 * A field of a model.
 *
 * @param always whether every answer has it, every request for a model that is sent
 * @param nullable whether it may be null
 * @param beyond V1 does not have it
 */
public record Field(
    String name,
    boolean always,
    boolean nullable,
    boolean beyond,
    boolean deprecated,
    Value value,
    Text text) {}
