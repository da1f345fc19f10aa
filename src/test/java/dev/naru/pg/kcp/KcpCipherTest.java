package dev.naru.pg.kcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.kernel.Secret;
import org.junit.jupiter.api.Test;

/** What KCP's identity window is sent. */
class KcpCipherTest {

  @Test
  void kcpSealsWithItsKey() throws Exception {
    Secret key = new Secret("a key");
    KcpCipher one = KcpCipher.fresh(key, "AO7F3");
    String sealed = one.seal("한글 & more");
    assertThat(KcpCipher.of(key, "AO7F3", one.rv()).open(sealed)).isEqualTo("한글 & more");
    assertThat(KcpCipher.fresh(key, "AO7F3").seal("한글 & more")).isNotEqualTo(sealed);
  }
}
