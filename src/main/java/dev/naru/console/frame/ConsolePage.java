package dev.naru.console.frame;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.stereotype.Controller;

/**
 * Marks the page of a resource below {@code /console}. Each handler of it is {@link Needs} or
 * {@link Open}, takes a {@link Viewer} if it wants to know who asks, and gives a view of {@code
 * templates/console} or a {@link Frame#back redirect}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Controller
public @interface ConsolePage {}
