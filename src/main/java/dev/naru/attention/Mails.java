package dev.naru.attention;

import dev.naru.connector.http.Outbound;
import dev.naru.connector.http.Outbound.Patience;
import dev.naru.connector.http.OutboundCall;
import dev.naru.connector.http.OutboundReply;
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

/** Sends mails; in a sandbox without a mail server they go to its outbox. */
@Component
public class Mails implements DisposableBean {

  private static final String PATIENCE_MS = "15000";
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5));

  private static final Logger LOG = LoggerFactory.getLogger(Mails.class);

  private final Announcing announcing;
  private final Settings settings;
  private final Outbound outbound = new Outbound(false);

  Mails(Announcing announcing, Settings settings) {
    this.announcing = announcing;
    this.settings = settings;
  }

  /** Whether there is somewhere to send them to. */
  public boolean canSend() {
    return announcing.smtp() != null || settings.simulatorUrl() != null;
  }

  /** Whether the server can be reached and lets us in; sends nothing. */
  public boolean reaches() {
    Secret smtp = announcing.smtp();
    if (smtp == null) {
      return settings.simulatorUrl() != null;
    }
    try {
      server(URI.create(smtp.reveal())).testConnection();
      return true;
    } catch (MessagingException e) {
      LOG.debug("the mail server is not reached: {}", e.getClass().getName());
      return false;
    }
  }

  /** False if it was not taken; why is in the log, without what it says. */
  public boolean send(String to, String subject, String text) {
    return send(List.of(to), subject, text);
  }

  /** One to all of them. */
  boolean send(List<String> to, String subject, String text) {
    Secret smtp = announcing.smtp();
    try {
      if (smtp == null) {
        return settings.simulatorUrl() != null && toOutbox(to, subject, text);
      }
      JavaMailSenderImpl server = server(URI.create(smtp.reveal()));
      MimeMessage message = server.createMimeMessage();
      MimeMessageHelper mail = new MimeMessageHelper(message, false, "UTF-8");
      mail.setFrom(from(server.getUsername(), to));
      mail.setTo(to.toArray(String[]::new));
      mail.setSubject(subject);
      mail.setText(text);
      server.send(message);
      return true;
    } catch (MailException | MessagingException e) {
      // What the library says may quote the server's address with its password.
      LOG.warn("a mail was not sent: {}", e.getClass().getName());
      return false;
    }
  }

  /** Who sends: the account at the mail server if it is an address, else who is told of matters. */
  private String from(@Nullable String user, List<String> to) {
    if (user != null && user.contains("@")) {
      return user;
    }
    return announcing.mailTo().isEmpty() ? to.getFirst() : announcing.mailTo().getFirst();
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

  private boolean toOutbox(List<String> all, String subject, String text) {
    boolean taken = true;
    for (String to : all) {
      Map<String, String> mail = Map.of("to", to, "subject", subject, "text", text);
      OutboundReply reply =
          outbound.post(
              new OutboundCall(
                  settings.simulatorUrl() + "/_sim/outbox/messages",
                  "application/json; charset=utf-8",
                  JsonMapper.shared().writeValueAsString(mail),
                  Map.of(),
                  PATIENCE));
      taken &=
          reply instanceof OutboundReply.Answered(int status, String answer) && status / 100 == 2;
    }
    return taken;
  }

  @Override
  public void destroy() throws IOException {
    outbound.close();
  }
}
