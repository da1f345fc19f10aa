package dev.naru.api.wire;

import java.util.List;
import java.util.function.Function;

/** V1's paged lists: page numbers, 0 where there is no such page. */
public record PagedView(long total, int previous, int next, List<?> list) {

  public static <T> PagedView of(
      long total, int page, int size, List<T> found, Function<T, ?> view) {
    boolean more = (long) page * size < total;
    return new PagedView(total, page - 1, more ? page + 1 : 0, found.stream().map(view).toList());
  }
}
