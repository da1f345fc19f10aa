package dev.naru.simulator.kit.facts;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How time goes by for all fakes.
 *
 * @param clock the time they live in
 * @param late how long "approves after our timeout" takes, and how long a silent connection is held
 * @param slow how long a slow answer takes
 */
public record Pace(InstantSource clock, Duration late, Duration slow) {}
