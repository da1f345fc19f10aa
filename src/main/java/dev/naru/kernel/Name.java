package dev.naru.kernel;

/** What something is called in each language. */
public record Name(String korean, String english) {}
