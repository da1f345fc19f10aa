package dev.naru.simulator.kit.web;

/** A PG's no, from wherever it is found out to the door, where it is the answer. */
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Answer.Reply answer;

  /** Answered by this. */
  public Refused(Answer.Reply answer) {
    super(answer.body(), null, false, false);
    this.answer = answer;
  }

  /** What the caller gets. */
  public Answer.Reply answer() {
    return answer;
  }
}
