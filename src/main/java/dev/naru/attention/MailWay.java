package dev.naru.attention;

import dev.naru.connector.http.Outbound;
import dev.naru.connector.http.Outbound.Patience;
import dev.naru.connector.http.Outbound.Reply;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Mails to the operator; in a sandbox without a mail server they go to its outbox. */
@Component
class MailWay implements Way, DisposableBean {

  private static final String PATIENCE_MS = "15000";
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5));

  private static final Logger LOG = LoggerFactory.getLogger(MailWay.class);

  private final Announcing announcing;
  private final Settings settings;
  private final Outbound outbound = new Outbound(false);

  MailWay(Announcing announcing, Settings settings) {
    this.announcing = announcing;
    this.settings = settings;
  }

  @Override
  public Kind kind() {
    return Kind.MAIL;
  }

  @Override
  public boolean isOpen() {
    return !announcing.mailTo().isEmpty()
        && (announcing.smtp() != null || settings.simulatorUrl() != null);
  }

  @Override
  public boolean tell(List<Matter> matters) {
    Secret smtp = announcing.smtp();
    try {
      if (smtp == null) {
        return toOutbox(matters);
      }
      JavaMailSenderImpl server = server(URI.create(smtp.reveal()));
      server.send(message(server, matters));
      return true;
    } catch (MailException | MessagingException e) {
      // What the library says may quote the server's address with its password.
      LOG.warn("a mail about {} matters was not sent: {}", matters.size(), e.getClass().getName());
      return false;
    }
  }

  private MimeMessage message(JavaMailSenderImpl server, List<Matter> matters)
      throws MessagingException {
    MimeMessage message = server.createMimeMessage();
    MimeMessageHelper mail = new MimeMessageHelper(message, false, "UTF-8");
    mail.setFrom(from(server.getUsername()));
    mail.setTo(announcing.mailTo().toArray(String[]::new));
    mail.setSubject(Telling.subject(matters));
    mail.setText(Telling.text(matters) + "\n\n" + settings.baseUrl());
    return message;
  }

  /** Who sends: the account at the mail server if it is an address. */
  private String from(@Nullable String user) {
    return user != null && user.contains("@") ? user : announcing.mailTo().getFirst();
  }

  static JavaMailSenderImpl server(URI url) {
    boolean tls = "smtps".equals(url.getScheme());
    JavaMailSenderImpl server = new JavaMailSenderImpl();
    server.setProtocol(tls ? "smtps" : "smtp");
    server.setHost(url.getHost());
    server.setPort(url.getPort() > 0 ? url.getPort() : tls ? 465 : 587);
    server.setDefaultEncoding("UTF-8");
    Properties mail = server.getJavaMailProperties();
    String user = url.getRawUserInfo();
    if (user != null) {
      String[] parts = user.split(":", 2);
      server.setUsername(URLDecoder.decode(parts[0], StandardCharsets.UTF_8));
      server.setPassword(
          parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      mail.put("mail." + server.getProtocol() + ".auth", "true");
      // A password is not sent in clear.
      mail.put("mail.smtp.starttls.required", Boolean.toString(!tls));
    }
    mail.put("mail.smtp.starttls.enable", "true");
    for (String wait : List.of("connectiontimeout", "timeout", "writetimeout")) {
      mail.put("mail." + server.getProtocol() + "." + wait, PATIENCE_MS);
    }
    return server;
  }

  private boolean toOutbox(List<Matter> matters) {
    boolean all = true;
    for (String to : announcing.mailTo()) {
      Map<String, String> mail =
          Map.of("to", to, "subject", Telling.subject(matters), "text", Telling.text(matters));
      Reply reply =
          outbound.post(
              new Outbound.Call(
                  settings.simulatorUrl() + "/_sim/outbox/messages",
                  "application/json; charset=utf-8",
                  JsonMapper.shared().writeValueAsString(mail),
                  Map.of(),
                  PATIENCE));
      all &= reply instanceof Reply.Answered(int status, String answer) && status / 100 == 2;
    }
    return all;
  }

  @Override
  public void destroy() throws IOException {
    outbound.close();
  }
}
