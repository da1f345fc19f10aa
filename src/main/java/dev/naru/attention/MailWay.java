package dev.naru.attention;

import dev.naru.kernel.Settings;
import java.util.List;
import org.springframework.stereotype.Component;

/** Mails to the operator. */
@Component
class MailWay implements Way {

  private final Announcing announcing;
  private final Settings settings;
  private final Mails mails;

  MailWay(Announcing announcing, Settings settings, Mails mails) {
    this.announcing = announcing;
    this.settings = settings;
    this.mails = mails;
  }

  @Override
  public Kind kind() {
    return Kind.MAIL;
  }

  @Override
  public boolean isOpen() {
    return !announcing.mailTo().isEmpty() && mails.canSend();
  }

  @Override
  public boolean tell(List<Matter> matters) {
    return mails.send(
        announcing.mailTo(),
        Telling.subject(matters),
        Telling.text(matters) + "\n\n" + settings.console().url() + "/console");
  }
}
