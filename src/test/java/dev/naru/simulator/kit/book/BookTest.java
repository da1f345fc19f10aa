package dev.naru.simulator.kit.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.testing.Apart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Apart
class BookTest {

  record Note(String text) {}

  @TempDir Path data;

  private List<String> read(Path path) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Book<Note> book = Book.open(path, Note.class)) {
      book.read(0, (_, _, note) -> texts.add(note.text()));
      return texts;
    }
  }

  private Path book(String... texts) throws IOException {
    Path path = data.resolve("book.jsonl");
    try (Book<Note> book = Book.open(path, Note.class)) {
      for (String text : texts) {
        book.append((_, _, _) -> {}, List.of(new Note(text)));
      }
    }
    return path;
  }

  @Test
  void a_torn_last_line_is_cut_and_the_next_one_is_whole() throws IOException {
    Path path = book("one", "two");
    Files.writeString(path, "{\"text\":\"thr", StandardOpenOption.APPEND);

    assertThat(read(path)).containsExactly("one", "two");
    try (Book<Note> book = Book.open(path, Note.class)) {
      book.append((_, _, _) -> {}, List.of(new Note("four")));
    }
    assertThat(read(path)).containsExactly("one", "two", "four");
  }

  @Test
  void a_damaged_line_is_named() throws IOException {
    Path path = book("one");
    Files.writeString(path, "{\"te\0\n{\"text\":\"three\"}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> read(path))
        .hasMessageContaining(path + " is damaged: its line at byte 15 cannot be read");
  }

  @Test
  void long_lines_are_read_whole_and_found_where_they_begin() throws IOException {
    String big = "가".repeat(100_000);
    Path path = book("one", big, "three");
    List<Long> at = new ArrayList<>();

    try (Book<Note> book = Book.open(path, Note.class)) {
      book.read(0, (position, _, _) -> at.add(position));
      assertThat(at).hasSize(3);
      assertThat(book.find(at.get(1)).line().text()).isEqualTo(big);
      assertThat(book.find(at.get(2)).line().text()).isEqualTo("three");
    }
  }
}
