package dev.naru.start;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** {@code keyset new FILE} makes a keyset, {@code keyset rotate FILE} gives it a new first key. */
public final class KeysetCommand {

  private KeysetCommand() {}

  /** Whether the program was called for this, not to start the hub. */
  public static boolean isMeant(String[] args) {
    return args.length > 0 && args[0].equals("keyset");
  }

  /** Does it, says so on the console, and returns the exit status. */
  public static int run(String[] args) {
    String verb = args.length == 3 ? args[1] : "";
    try {
      switch (verb) {
        case "new" -> Keyset.generate().write(Path.of(args[2]), false);
        case "rotate" -> Keyset.read(Path.of(args[2])).rotated().write(Path.of(args[2]), true);
        default -> {
          System.err.println("Usage: keyset new FILE | keyset rotate FILE");
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
