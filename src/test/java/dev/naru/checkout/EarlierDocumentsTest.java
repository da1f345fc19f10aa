package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.facts.Presentation;
import dev.naru.testing.Documents;
import dev.naru.testing.Hub;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Windows whose documents were written by earlier versions, each as that wrote it. */
class EarlierDocumentsTest {

  private final JsonMapper json = Hub.shared().bean(JsonMapper.class);

  @Test
  void beforePresentationsAndFramesWereKnown() {
    CheckoutStore.Doc doc = read("checkout-1.json");
    assertThat(doc.presentation()).isEqualTo(Presentation.REDIRECT);
    assertThat(doc.visitor().framer()).contains("https://shop.example");
    assertThat(doc.bridge().kind()).isEqualTo(Bridge.Kind.REDIRECT);
  }

  @Test
  void beforeFramesWereKnown() {
    CheckoutStore.Doc doc = read("checkout-2.json");
    assertThat(doc.presentation()).isEqualTo(Presentation.POPUP);
    assertThat(doc.visitor().top()).isTrue();
    assertThat(doc.visitor().everyField()).isTrue();
    assertThat(doc.bridge().form()).containsEntry("a", "b");
  }

  @Test
  void whatIsSaidIsNotReplaced() {
    CheckoutStore.Doc doc = read("checkout-3.json");
    assertThat(doc.visitor().top()).isFalse();
    assertThat(doc.presentation()).isEqualTo(Presentation.IFRAME);
  }

  @Test
  void aFlagThatALaterVersionAddsIsNoAndAnUnknownFieldIsPassedOver() {
    String text =
        Documents.text("checkout-3.json")
            .replace(",\"everyField\":true", "")
            .replace("{\"visitor\"", "{\"later\":1,\"visitor\"");
    assertThat(CheckoutStore.doc(json, text).visitor().everyField()).isFalse();
  }

  private CheckoutStore.Doc read(String name) {
    return CheckoutStore.doc(json, Documents.text(name));
  }
}
