package dev.naru;

import dev.naru.start.KeysetCommand;
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
    SpringApplication.run(Naru.class, args);
  }
}
