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
 * As {@link NeedsChromium}, in a lane of its own: pages are looked at beside the browsers that pay,
 * because each of the two takes as long as all other tests.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(Tools.Chromium.class)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("look")
public @interface LooksAtPages {}
