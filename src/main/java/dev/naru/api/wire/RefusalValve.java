package dev.naru.api.wire;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Writes the envelope where Tomcat would write a page of its own. */
final class RefusalValve extends ErrorReportValve {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalValve.class);

  @Override
  protected void report(Request request, Response response, @Nullable Throwable thrown) {
    int status = response.getStatus();
    AtomicBoolean writable = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
    boolean silent = status < 400 || response.getContentWritten() > 0 || !writable.get();
    if (silent || !response.setErrorReported()) {
      return;
    }
    try {
      response.setContentType("application/json");
      response.setCharacterEncoding(StandardCharsets.UTF_8);
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(JsonMapper.shared().writeValueAsString(Refusals.ofStatus(status)));
        response.finishResponse();
      }
    } catch (IOException gone) {
      LOG.debug("nobody to tell of status {}", status, gone);
    }
  }
}
