package dev.naru.payment.export;

import java.io.IOException;
import java.util.List;

/** A file in the making: what was written is not kept. */
public interface Sheet extends AutoCloseable {

  void row(List<Cell> cells) throws IOException;

  @Override
  void close() throws IOException;
}
