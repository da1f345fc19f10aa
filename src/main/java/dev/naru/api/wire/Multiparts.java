package dev.naru.api.wire;

import dev.naru.api.Refusal;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * The text parts of a multipart body, as the container reads them. Files mean nothing in V1 and are
 * not looked at.
 */
final class Multiparts {

  private Multiparts() {}

  /**
   * The same parameters as a form.
   *
   * @throws Failed invalid for a body that is not well made; too large
   */
  static String asForm(HttpServletRequest request, int largest) {
    if (request.getContentLengthLong() > largest) {
      throw tooLarge();
    }
    StringJoiner form = new StringJoiner("&");
    try {
      for (Part part : request.getParts()) {
        if (part.getSubmittedFileName() == null && part.getName() != null) {
          form.add(encode(part.getName()) + "=" + encode(text(part)));
        }
        part.delete();
      }
    } catch (CharacterCodingException notUtf8) {
      throw Failed.invalid(Malformed.BODY_NO_UTF8);
    } catch (IllegalStateException tooMuch) {
      throw tooLarge();
    } catch (ServletException | IOException broken) {
      throw Failed.invalid(Refusal.BAD_MULTIPART);
    }
    return form.toString();
  }

  private static String text(Part part) throws IOException {
    byte[] bytes = part.getInputStream().readAllBytes();
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Failed tooLarge() {
    return Failed.tooLarge(Malformed.BODY_TOO_LARGE, 256);
  }
}
