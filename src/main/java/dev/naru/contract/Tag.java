package dev.naru.contract;

/** A group of operations. */
public record Tag(String name, Text title, Text about) {}
