package dev.naru.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a {@link StartRefused} as a list of problems, without a stack trace. */
final class StartRefusedAnalyzer extends AbstractFailureAnalyzer<StartRefused> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StartRefused refused) {
    StringBuilder text = new StringBuilder("Naru cannot start:\n");
    for (String problem : refused.problems()) {
      text.append("\n  - ").append(problem);
    }
    return new FailureAnalysis(text.toString(), "Correct these and start again.", refused);
  }
}
