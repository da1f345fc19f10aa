package dev.naru.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Skipped with one line where there is no Chromium; a failure there if NARU_REQUIRE_ALL is 1. One
 * browser at a time, beside what needs none.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(Tools.Chromium.class)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("browser")
public @interface NeedsChromium {}
