package dev.naru.start.command;

import dev.naru.start.StartRefused;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * {@code keyset new FILE} makes a keyset. It gets a new first key in three steps, so that no node
 * meets what it cannot decrypt: {@code keyset add FILE}, give the file to every node and restart
 * it, {@code keyset promote FILE}, and the same again. {@code keyset rotate FILE --one-node} does
 * both at once where there is one node.
 */
public final class KeysetCommand {

  private static final String ROTATION =
      """
      Nodes that have the old file could not decrypt what the others write. Rotate in three steps:
        1. keyset add FILE       the new key decrypts only; give the file to every node, restart it
        2. check that every node runs with the new file
        3. keyset promote FILE   the new key encrypts; give the file to every node, restart it
      With one node alone: keyset rotate FILE --one-node, then restart it.\
      """;

  private KeysetCommand() {}

  /** Whether the program was called for this, not to start the hub. */
  public static boolean isMeant(String[] args) {
    return args.length > 0 && args[0].equals("keyset");
  }

  /** Does it, says so on the console, and returns the exit status. */
  public static int run(String[] args) {
    String verb = args.length == 3 || args.length == 4 ? args[1] : "";
    boolean oneNode = args.length == 4 && args[3].equals("--one-node");
    if (args.length == 4 && !(oneNode && verb.equals("rotate"))) {
      verb = "";
    }
    try {
      switch (verb) {
        case "new" -> Keyset.generate().write(Path.of(args[2]), false);
        case "add" -> Keyset.read(Path.of(args[2])).added().write(Path.of(args[2]), true);
        case "promote" -> Keyset.read(Path.of(args[2])).promoted().write(Path.of(args[2]), true);
        case "rotate" -> {
          if (!oneNode) {
            System.err.println(ROTATION);
            return 2;
          }
          Keyset.read(Path.of(args[2])).added().promoted().write(Path.of(args[2]), true);
        }
        default -> {
          System.err.println(
              "Usage: keyset new FILE | keyset add FILE | keyset promote FILE | keyset rotate FILE --one-node");
          return 2;
        }
      }
      System.out.println("Written: " + args[2]);
      return 0;
    } catch (FileAlreadyExistsException e) {
      System.err.println("There is a file already: " + args[2]);
    } catch (StartRefused e) {
      System.err.println("The keyset " + e.getMessage());
    } catch (IOException | GeneralSecurityException e) {
      System.err.println("The keyset cannot be written: " + e);
    }
    return 1;
  }
}
