package dev.naru.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.kernel.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    assertThat(KeysetCommand.run(new String[] {"keyset", "rotate", file.toString()})).isZero();
    Vault after = Keyset.read(file).vault();
    assertThat(after.open(before.seal("secret", "here"), "here")).isEqualTo("secret");
    assertThat(after.hash("token", "a")).isEqualTo(before.hash("token", "a"));
    assertThat(Keyset.read(file).aead().size()).isEqualTo(2);
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
