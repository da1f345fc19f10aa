package dev.naru.start.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.kernel.Vault;
import dev.naru.start.OwnerOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetTest {

  @TempDir Path folder;

  @Test
  void madeOnceThenReadAgain() throws Exception {
    Path file = folder.resolve("keyset.json");
    Vault made = Keyset.readOrMake(file).vault();
    Vault read = Keyset.readOrMake(file).vault();
    assertThat(read.open(made.seal("secret", "here"), "here")).isEqualTo("secret");
    assertThat(read.hash("token", "a")).isEqualTo(made.hash("token", "a")).hasSize(40);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void rotationKeepsWhatWasSealedAndHashed() throws Exception {
    Path file = folder.resolve("keyset.json");
    Vault before = Keyset.readOrMake(file).vault();
    assertThat(run("rotate", file, "--one-node")).isZero();
    Vault after = Keyset.read(file).vault();
    assertThat(after.open(before.seal("secret", "here"), "here")).isEqualTo("secret");
    assertThat(after.hash("token", "a")).isEqualTo(before.hash("token", "a"));
    assertThat(Keyset.read(file).aead().size()).isEqualTo(2);
  }

  @Test
  void inThreeStepsEveryNodeOpensWhatAnyOtherSealsAtEveryMoment() throws Exception {
    Path file = folder.resolve("keyset.json");
    Vault old = Keyset.readOrMake(file).vault();
    assertThat(run("add", file)).isZero();
    Vault added = Keyset.read(file).vault();
    assertThat(old.open(added.seal("a", "here"), "here")).isEqualTo("a");
    assertThat(added.open(old.seal("b", "here"), "here")).isEqualTo("b");

    assertThat(run("add", file)).as("one waits already").isEqualTo(1);
    assertThat(run("promote", file)).isZero();
    Vault promoted = Keyset.read(file).vault();
    assertThat(added.open(promoted.seal("c", "here"), "here")).isEqualTo("c");
    assertThat(promoted.open(added.seal("d", "here"), "here")).isEqualTo("d");
    assertThatThrownBy(() -> old.open(promoted.seal("e", "here"), "here"))
        .as("the new key is in use")
        .isInstanceOf(IllegalStateException.class);
    assertThat(run("promote", file)).as("none waits").isEqualTo(1);
  }

  @Test
  void rotatingAtOnceIsOnlyForWhoSaysThatThereIsOneNode() throws Exception {
    Path file = folder.resolve("keyset.json");
    Keyset.readOrMake(file);
    String before = Files.readString(file);
    assertThat(run("rotate", file)).isEqualTo(2);
    assertThat(run("add", file, "--one-node")).isEqualTo(2);
    assertThat(file).hasContent(before);
  }

  private static int run(String verb, Path file, String... more) {
    return KeysetCommand.run(
        Stream.concat(Stream.of("keyset", verb, file.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void theCommandReplacesNoFile() throws Exception {
    Path file = Files.writeString(folder.resolve("keyset.json"), "precious");
    assertThat(KeysetCommand.run(new String[] {"keyset", "new", file.toString()})).isEqualTo(1);
    assertThat(file).hasContent("precious");
    assertThat(KeysetCommand.run(new String[] {"keyset"})).isEqualTo(2);
  }

  @Test
  void aFileThatIsNoKeysetIsNotQuoted() throws Exception {
    Path file = folder.resolve("keyset.json");
    OwnerOnly.write(file, "{\"aead\": \"hush\"}");
    assertThat(Keyset.flaw(file)).get().asString().contains("no keyset").doesNotContain("hush");
  }
}
