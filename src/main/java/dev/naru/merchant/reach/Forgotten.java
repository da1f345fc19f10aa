package dev.naru.merchant.reach;

/** The simulators have forgotten all that they were told: an event of a sandbox. */
public record Forgotten() {}
