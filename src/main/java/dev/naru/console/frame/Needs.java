package dev.naru.console.frame;

import dev.naru.account.Action;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the account of whoever asks must be allowed to do. Others get a refusal in the frame. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {

  Action value();

  /**
   * Whether who sits there must have been proved in the last ten minutes; else it is asked for
   * first, and a GET goes on by itself.
   */
  boolean fresh() default false;
}
