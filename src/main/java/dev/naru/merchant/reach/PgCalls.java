package dev.naru.merchant.reach;

import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import io.micrometer.core.instrument.Metrics;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts what calls of PGs come to, whatever the connector and the verb, and tells who wants to
 * know.
 */
@Component
public class PgCalls {

  /** Wants to know. Must return at once, and not throw. */
  @FunctionalInterface
  public interface Listener {
    void on(long merchantId, String channelKey, Outcome<?> outcome);
  }

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** Tells of every call from now on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** The same connector, counted. */
  public Connector counted(long merchantId, String channelKey, Pg<?> pg, Connector connector) {
    Set<Class<?>> types = new LinkedHashSet<>();
    collect(connector.getClass(), types);
    return (Connector)
        Proxy.newProxyInstance(
            Connector.class.getClassLoader(),
            types.toArray(Class<?>[]::new),
            new Counting(this, merchantId, channelKey, pg.code(), connector));
  }

  private static void collect(@Nullable Class<?> type, Set<Class<?>> into) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      into.addAll(List.of(at.getInterfaces()));
    }
  }

  private void tell(Counting about, String verb, Outcome<?> outcome) {
    Metrics.counter("naru.pg.calls", "pg", about.pg(), "verb", verb, "outcome", name(outcome))
        .increment();
    listeners.forEach(one -> one.on(about.merchantId(), about.channelKey(), outcome));
  }

  private static String name(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Ok<?> ok -> "ok";
      case Outcome.Declined<?>(Decline no) -> no.reason().name().toLowerCase(Locale.ROOT);
      case Outcome.Pending<?> pending -> "pending";
      case Outcome.Unknown<?> unknown -> "unknown";
    };
  }

  private record Counting(
      PgCalls calls, long merchantId, String channelKey, String pg, Connector connector)
      implements InvocationHandler {

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (method.getName().equals("as") && arguments != null && arguments.length == 1) {
        return ((Class<?>) arguments[0]).isInstance(proxy) ? Optional.of(proxy) : Optional.empty();
      }
      if (method.getName().equals("equals") && arguments != null && arguments.length == 1) {
        return Proxy.isProxyClass(arguments[0].getClass())
            && Proxy.getInvocationHandler(arguments[0]).equals(this);
      }
      try {
        Object result =
            arguments == null ? method.invoke(connector) : method.invoke(connector, arguments);
        if (result instanceof Outcome<?> outcome) {
          calls.tell(this, method.getName(), outcome);
        }
        return result;
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    }
  }
}
