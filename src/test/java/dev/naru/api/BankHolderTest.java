package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V1's {@code /vbanks/holder}: whose an account is. */
class BankHolderTest {

  private static final Shop SHOP = Shop.fresh();
  private static final String PATH = "/vbanks/holder?bank_code=";

  private static Api.Answer ask(String bank, String number) {
    return SHOP.api().get(PATH + bank + "&bank_num=" + number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"110123456789", "110-123-456789", "110%20123%20456789", "110.123-456_789"})
  void tellsWhoseItIs(String number) {
    Api.Answer answer = ask("088", number);
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(answer.code()).isZero();
    assertThat(answer.response().propertyNames()).containsExactly("bank_holder");
    assertThat(answer.response().path("bank_holder").asString()).isEqualTo("김나루");
    assertThat(SHOP.api().get("/vbanks/holder/?bank_code=088&bank_num=" + number).body())
        .isEqualTo(answer.body());
  }

  @Test
  void whatTheBankDoesNotKnowIsNotFound() {
    Wire.refused(ask("088", "110123456780"), 404, -1);
    // Another bank's.
    Wire.refused(ask("004", "110123456789"), 404, -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"4000000000000119", "4000000000009001", "4000000000009002", "4000000000009004"})
  void whatHasNoAnswerIsNotKnown(String number) {
    Wire.refused(ask("088", number), 500, -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/vbanks/holder",
        "/vbanks/holder?bank_code=088",
        "/vbanks/holder?bank_num=110123456789",
        PATH + "8&bank_num=110123456789",
        PATH + "0088&bank_num=110123456789",
        PATH + "999&bank_num=110123456789",
        PATH + "08a&bank_num=110123456789",
        PATH + "088&bank_num=text",
        PATH + "088&bank_num=12345",
        PATH + "088&bank_num=123456789012345678901",
        PATH + "088&bank_num=---------",
        PATH + "088&bank_num=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96",
        PATH + "088&bank_num=1101234567890000000000000000000000000000000000000"
      })
  void refusesWhatIsNoAccount(String path) {
    Wire.refused(SHOP.api().get(path), 400, -1);
  }

  @Test
  void aShopWithoutSuchAChannelIsRefused() {
    Shop bare = Shop.bare();
    Wire.refused(bare.api().get(PATH + "088&bank_num=110123456789"), 400, -1);
    assertThat(
            bare.withChannel("bankholder", java.util.Map.of())
                .api()
                .get(PATH + "088&bank_num=110123456789")
                .status())
        .isEqualTo(200);
  }

  /** V1's list of channels has no word for it. */
  @Test
  void itsChannelIsNobodysToPayBy() {
    assertThat(SHOP.api().get("/users/pg").response().toString()).doesNotContain("bankholder");
    Wire.refused(SHOP.onetime("bankholder", Api.GOOD_CARD, java.util.Map.of()), 501, -1);
  }
}
