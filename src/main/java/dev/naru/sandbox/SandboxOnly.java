package dev.naru.sandbox;

import java.util.Locale;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Keeps a bean out of live mode, so that its paths do not exist there. Reads the mode where the
 * settings are read from: conditions are decided before there are beans to ask.
 */
public final class SandboxOnly implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    String mode = context.getEnvironment().getProperty("naru.mode", "");
    return !mode.strip().toLowerCase(Locale.ROOT).equals("live");
  }
}
