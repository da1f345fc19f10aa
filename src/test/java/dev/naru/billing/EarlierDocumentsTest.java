package dev.naru.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.order.Wishes;
import dev.naru.testing.Documents;
import dev.naru.testing.Hub;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Schedules whose documents were written by earlier versions, each as that wrote it. */
class EarlierDocumentsTest {

  private final JsonMapper json = Hub.shared().bean(JsonMapper.class);

  @Test
  void beforeWishesHadTypes() {
    ScheduleRows.Doc doc = ScheduleRows.doc(json, Documents.text("schedule-1.json"));
    assertThat(doc.quota()).isEqualTo(3);
    assertThat(doc.customerId()).isEqualTo("owner-1");
    assertThat(doc.promotion()).isEqualTo("promotion-1");
    assertThat(doc.asked()).isEqualTo(Wishes.none().with(Wishes.none().cards().with(true)));
  }

  @Test
  void whatIsWrittenNowIsRead() {
    ScheduleRows.Doc doc = ScheduleRows.doc(json, Documents.text("schedule-1.json"));
    ScheduleRows.Doc now =
        new ScheduleRows.Doc(
            doc.taxFree(),
            doc.vat(),
            doc.method(),
            doc.quota(),
            doc.buyer(),
            doc.customData(),
            doc.noticeUrls(),
            doc.origin(),
            null,
            doc.asked(),
            doc.promotion(),
            doc.customerId(),
            doc.pinned());
    String written = json.writeValueAsString(now);
    assertThat(written).doesNotContain("options", "interest_free_by_merchant");
    assertThat(ScheduleRows.doc(json, written)).isEqualTo(now);
  }
}
