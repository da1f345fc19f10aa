package dev.naru.account.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords are taken. */
@OwnOrders
class PasswordsTest {

  private final Passwords passwords = Hub.shared().bean(Passwords.class);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short-1a",
        "1234567890",
        "password123",
        "qwertyuiop",
        "aaaaaaaaaaaa",
        "kim@shop.example",
        "KIM@shop.example"
      })
  void whatIsEasilyGuessedIsRefused(String password) {
    assertThatThrownBy(() -> passwords.require("kim@shop.example", "Kim", new Secret(password)))
        .isInstanceOf(Failed.class);
  }

  @Test
  void aLongUncommonOneIsTaken() {
    passwords.require("kim@shop.example", "Kim", new Secret("camel-orbit-lantern-9"));
    passwords.require("kim@shop.example", "Kim", new Secret("나루터에서 만나요 열두시"));
    assertThat(Passwords.SHORTEST).isEqualTo(10);
  }
}
