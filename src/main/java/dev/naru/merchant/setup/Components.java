package dev.naru.merchant.setup;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes config records apart and puts them together: they are their PGs' own, not public. */
final class Components {

  private Components() {}

  static @Nullable Object value(RecordComponent component, Record of) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("component " + component.getName(), e);
    }
  }

  static Record make(Class<? extends Record> type, List<@Nullable Object> values) {
    try {
      Constructor<? extends Record> canonical =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      canonical.setAccessible(true);
      return canonical.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("config " + type.getName(), e);
    }
  }
}
