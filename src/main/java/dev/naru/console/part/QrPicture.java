package dev.naru.console.part;

import io.nayuki.qrcodegen.QrCode;

/**
 * A text as a QR code, to be drawn as one path of an SVG.
 *
 * @param size of the picture, with the quiet zone that readers need
 */
public record QrPicture(String path, int size) {

  private static final int QUIET = 4;

  public static QrPicture of(String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append("M%d,%dh1v1h-1z".formatted(x + QUIET, y + QUIET));
        }
      }
    }
    return new QrPicture(path.toString(), code.size + 2 * QUIET);
  }
}
