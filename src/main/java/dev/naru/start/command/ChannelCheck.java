package dev.naru.start.command;

import dev.naru.kernel.Failed;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Shops;
import dev.naru.merchant.setup.ChannelTest;
import dev.naru.merchant.setup.ChannelTest.Tested;
import dev.naru.merchant.setup.SetUp;
import java.util.Locale;
import org.springframework.beans.factory.BeanFactory;

/** Whether the PGs of all channels are in reach and take what is entered. Moves no money. */
final class ChannelCheck {

  private static final String ABOUT = "channel";

  private final Shops shops;
  private final ChannelSetup channels;
  private final ChannelTest test;
  private final Findings findings;

  ChannelCheck(BeanFactory beans, Findings findings) {
    shops = beans.getBean(Shops.class);
    channels = beans.getBean(ChannelSetup.class);
    test = beans.getBean(ChannelTest.class);
    this.findings = findings;
  }

  void run() {
    for (Merchant shop : shops.list()) {
      for (SetUp channel : channels.list(shop.id())) {
        if (channel.enabled() && channel.givenBy() == null) {
          ask(shop, channel);
        }
      }
    }
  }

  private void ask(Merchant shop, SetUp channel) {
    String which =
        "%s %s (%s, %s, %s)"
            .formatted(
                shop.userCode(),
                channel.key(),
                channel.pg().code(),
                channel.mid(),
                channel.mode().name().toLowerCase(Locale.ROOT));
    try {
      tell(which, test.test(shop.id(), channel.key()));
    } catch (Failed e) {
      findings.bad(ABOUT, which + ": " + e.getMessage());
    }
  }

  private void tell(String which, Tested tested) {
    String text = tested.text().isEmpty() ? "" : ": " + tested.text();
    switch (tested.result()) {
      case OK -> findings.good(ABOUT, which + " works, " + tested.millis() + " ms");
      case NOT_POSSIBLE ->
          findings.good(ABOUT, which + " cannot be asked anything that does nothing");
      case REFUSED -> findings.bad(ABOUT, which + ": the PG does not take the credentials" + text);
      case UNREACHABLE -> findings.bad(ABOUT, which + ": no answer" + text);
      case UNKNOWN ->
          findings.warn(ABOUT, which + ": answered, but not whether it takes them" + text);
    }
  }
}
