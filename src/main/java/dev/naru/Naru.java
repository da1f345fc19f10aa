package dev.naru;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the hub. */
@SpringBootApplication
public class Naru {

  private Naru() {}

  public static void main(String[] args) {
    SpringApplication.run(Naru.class, args);
  }
}
