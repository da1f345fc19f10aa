package dev.naru.payment.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.connector.order.Buyer;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Merchants;
import dev.naru.payment.Payment;
import dev.naru.payment.export.PaymentExport.Format;
import dev.naru.payment.export.PaymentExport.Group;
import dev.naru.payment.export.PaymentExport.Shape;
import dev.naru.payment.list.PaymentFilter;
import dev.naru.payment.list.PaymentFilter.Field;
import dev.naru.payment.list.PaymentFilter.Search;
import dev.naru.payment.store.PaymentStore;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of payments for spreadsheets. */
class PaymentExportTest {

  private static final Hub HUB = Hub.shared();
  private static final int MANY = 100_000;

  @TempDir Path folder;

  private static Payment paid() {
    Map<String, Object> request = Api.keyIn(Api.newOrder(), "tosspayments", Api.GOOD_CARD);
    String uid =
        new Api(HUB.url())
            .post("/subscribe/payments/onetime", request)
            .response()
            .path("imp_uid")
            .asString();
    return HUB.bean(PaymentStore.class).get(1, new ImpUid(uid));
  }

  private static Shape all(Format format) {
    return new Shape(format, EnumSet.allOf(Group.class), Wording.KOREAN);
  }

  private static byte[] written(Format format, Payment payment) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PaymentExport.write(each -> each.accept(payment), all(format), out);
    return out.toByteArray();
  }

  /** The database goes away in the middle. */
  @ParameterizedTest
  @EnumSource(Format.class)
  void halfAFileDoesNotLookWhole(Format format) throws IOException {
    Payment payment = paid();
    byte[] whole = written(format, payment);
    ByteArrayOutputStream half = new ByteArrayOutputStream();
    assertThatThrownBy(
            () ->
                PaymentExport.write(
                    each -> {
                      each.accept(payment);
                      throw new IllegalStateException("the database is away");
                    },
                    all(format),
                    half))
        .hasMessage("the database is away");
    Path file = Files.write(folder.resolve("half.xlsx"), half.toByteArray());
    assertThat(half.size()).isLessThan(whole.length);
    if (format == Format.XLSX) {
      assertThatThrownBy(() -> new ZipFile(file.toFile())).isInstanceOf(IOException.class);
    }
  }

  private static Payment named(Payment payment, String name) {
    Buyer buyer = new Buyer(name, null, null, null, null);
    return new Payment(
        payment.merchantId(),
        payment.impUid(),
        payment.version(),
        payment.purchase().with(buyer),
        payment.via(),
        payment.state(),
        payment.attempts(),
        payment.cancellations(),
        payment.received(),
        payment.startedAt());
  }

  private String sheet(byte[] file) throws IOException {
    Path path = Files.write(folder.resolve("list.xlsx"), file);
    try (ZipFile zip = new ZipFile(path.toFile())) {
      ZipEntry entry = Objects.requireNonNull(zip.getEntry("xl/worksheets/sheet1.xml"));
      return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aListIsWrittenWithItsMarkAndItsNumbers() throws IOException {
    Payment payment = paid();
    PaymentFilter filter =
        PaymentFilter.standard(payment.startedAt())
            .edit()
            .search(new Search(Field.NUMBER, payment.impUid().value()))
            .filter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HUB.bean(PaymentExport.class)
        .write(HUB.bean(Merchants.class).get(1), filter, all(Format.CSV), out);
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text).startsWith("\uFEFF상태,imp_uid 거래번호,주문번호,");
    assertThat(text.lines()).hasSize(2);
    assertThat(text)
        .contains("결제 완료," + payment.impUid() + "," + payment.purchase().merchantUid())
        .contains(",KRW,10000,0,10000,card,")
        .containsPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+82", "-1", "@SUM(A1)", "\t=1", "\r=1"})
  void nothingIsAFormula(String name) throws IOException {
    Payment payment = named(paid(), name);
    String csv = new String(written(Format.CSV, payment), StandardCharsets.UTF_8);
    assertThat(csv).contains("'" + name).doesNotContain("," + name);
    String xlsx = sheet(written(Format.XLSX, payment));
    assertThat(xlsx)
        .doesNotContain("<f>")
        .containsPattern(
            "<c r=\"P2\"[^>]* t=\"inlineStr\"><is><t>(&#x\\w+;)?"
                + Pattern.quote(name.strip())
                + "</t></is></c>");
  }

  @Test
  void quotesAndLinesStayInTheirCell() throws IOException {
    Payment payment = named(paid(), "a \"b\", c\nd");
    String csv = new String(written(Format.CSV, payment), StandardCharsets.UTF_8);
    assertThat(csv).contains(",\"a \"\"b\"\", c\nd\",");
  }

  @Test
  void onlyChosenColumnsAreThere() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Payment payment = paid();
    PaymentExport.write(
        each -> each.accept(payment), new Shape(Format.CSV, Set.of(), Wording.ENGLISH), out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("\uFEFFStatus,")
        .doesNotContain(payment.purchase().buyer().email());
  }

  /** Rows leave as they come, and nothing is left for the end. */
  @ParameterizedTest
  @EnumSource(Format.class)
  void whatIsWrittenDoesNotStay(Format format) throws IOException {
    Payment payment = paid();
    AtomicLong written = new AtomicLong();
    AtomicLong largest = new AtomicLong();
    AtomicLong before = new AtomicLong();
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            written.incrementAndGet();
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            written.addAndGet(length);
          }
        };
    PaymentExport.write(
        each -> {
          for (int i = 0; i < MANY; i++) {
            each.accept(payment);
            if (i % 1_000 == 999) {
              largest.accumulateAndGet(written.get() - before.get(), Math::max);
              // Something of every thousand rows has left by then.
              assertThat(written.get()).isGreaterThan(before.getAndSet(written.get()));
            }
          }
        },
        all(format),
        counting);
    // What follows the last thousand is what a workbook ends with.
    assertThat(written.get() - before.get()).isLessThan(2 * largest.get() + 8_192);
  }
}
