package dev.naru.api;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
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
      throw Failed.invalid("요청 본문은 UTF-8이어야 합니다.");
    } catch (IllegalStateException tooMuch) {
      throw tooLarge();
    } catch (ServletException | IOException broken) {
      throw Failed.invalid("요청 본문(multipart/form-data)의 형식이 올바르지 않습니다.");
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
    return new Failed(new Failure.TooLarge("요청 본문이 너무 큽니다. (최대 256KB)"));
  }
}
