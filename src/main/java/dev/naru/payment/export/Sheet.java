package dev.naru.payment.export;

import java.io.IOException;
import java.util.List;

/** A file in the making: what was written is not kept. */
public interface Sheet extends AutoCloseable {

  void row(List<Cell> cells) throws IOException;

  /** Says that this is all: a file without it is seen to be half. */
  void finish() throws IOException;

  @Override
  void close() throws IOException;
}
