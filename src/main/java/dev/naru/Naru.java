package dev.naru;

import dev.naru.start.command.DoctorCommand;
import dev.naru.start.command.KeysetCommand;
import dev.naru.start.command.OwnerCommand;
import dev.naru.start.command.VerifyCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the hub. */
@SpringBootApplication
public class Naru {

  private Naru() {}

  public static void main(String[] args) {
    if (KeysetCommand.isMeant(args)) {
      System.exit(KeysetCommand.run(args));
    }
    if (VerifyCommand.isMeant(args)) {
      System.exit(VerifyCommand.run(args));
    }
    if (DoctorCommand.isMeant(args)) {
      System.exit(DoctorCommand.run(args));
    }
    if (OwnerCommand.isMeant(args)) {
      System.exit(OwnerCommand.run(args));
    }
    try {
      SpringApplication.run(Naru.class, args);
    } catch (RuntimeException _) {
      // Spring has reported it. Threads that were started on the way must not keep the process.
      System.exit(1);
    }
  }
}
