package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Hub;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Windows whose documents were written by earlier versions, each as that wrote it. */
class EarlierDocumentsTest {

  private final JsonMapper json = Hub.shared().bean(JsonMapper.class);

  @Test
  void beforePresentationsAndFramesWereKnown() throws Exception {
    CheckoutStore.Doc doc = read("checkout-1.json");
    assertThat(doc.presentation()).isEqualTo(Presentation.REDIRECT);
    assertThat(doc.visitor().framer()).contains("https://shop.example");
    assertThat(doc.bridge().kind()).isEqualTo(Bridge.Kind.REDIRECT);
  }

  @Test
  void beforeFramesWereKnown() throws Exception {
    CheckoutStore.Doc doc = read("checkout-2.json");
    assertThat(doc.presentation()).isEqualTo(Presentation.POPUP);
    assertThat(doc.visitor().top()).isTrue();
    assertThat(doc.visitor().everyField()).isTrue();
    assertThat(doc.bridge().form()).containsEntry("a", "b");
  }

  @Test
  void whatIsSaidIsNotReplaced() throws Exception {
    CheckoutStore.Doc doc = read("checkout-3.json");
    assertThat(doc.visitor().top()).isFalse();
    assertThat(doc.presentation()).isEqualTo(Presentation.IFRAME);
  }

  @Test
  void aFlagThatALaterVersionAddsIsNoAndAnUnknownFieldIsPassedOver() throws Exception {
    String text =
        text("checkout-3.json")
            .replace(",\"everyField\":true", "")
            .replace("{\"visitor\"", "{\"later\":1,\"visitor\"");
    assertThat(CheckoutStore.doc(json, text).visitor().everyField()).isFalse();
  }

  private CheckoutStore.Doc read(String name) throws IOException {
    return CheckoutStore.doc(json, text(name));
  }

  private static String text(String name) throws IOException {
    try (InputStream in = EarlierDocumentsTest.class.getResourceAsStream("/documents/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
