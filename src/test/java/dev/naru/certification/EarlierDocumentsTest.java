package dev.naru.certification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.testing.Documents;
import dev.naru.testing.Hub;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Open certifications whose documents were written by earlier versions, each as that wrote it. */
class EarlierDocumentsTest {

  private final JsonMapper json = Hub.shared().bean(JsonMapper.class);

  private CertificationRows.Person person(String text) {
    return CertificationRows.person(json, text);
  }

  @Test
  void aCodeAskedForBeforeTheAddressHadAFieldOfItsOwn() {
    OtpOrder order = Objects.requireNonNull(person(Documents.text("certification-1.json")).order());
    assertThat(order.ip()).isEqualTo("203.0.113.7");
    assertThat(order.bypass()).isEqualTo(Map.of("media_type", "MC02", "cp_callback", "0212345678"));
  }

  @Test
  void aWindowOpenedWithV1sParameters() {
    IdentityOrder order =
        Objects.requireNonNull(person(Documents.text("certification-2.json")).window()).order();
    assertThat(order.minAge()).isEqualTo(19);
    assertThat(order.bypass())
        .isEqualTo(Map.of("inicisUnified.flgFixedUser", "Y", "inicisUnified.userName", "고정인"));
  }

  @Test
  void whatIsWrittenNowIsRead() {
    for (String name : new String[] {"certification-1.json", "certification-2.json"}) {
      CertificationRows.Person person = person(Documents.text(name));
      String now = json.writeValueAsString(person);
      assertThat(now).doesNotContain("options");
      assertThat(person(now)).isEqualTo(person);
    }
  }
}
