package dev.alta.training.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Row;
import dev.alta.core.digest.Sha256;
import dev.alta.core.split.Side;
import java.security.MessageDigest;

/**
 * Digest over rows in the order of their keys: the side and each value as text. Each is ended by a
 * byte that no text contains, so that no two lists of rows look alike.
 */
final class RowDigest {
  private static final byte END = (byte) 0xFF;
  private static final byte NOT_RECORDED = (byte) 0xFE;

  private final MessageDigest digest = Sha256.start();

  void add(Side side, Row row) {
    digest.update(side.label().getBytes(UTF_8));
    digest.update(END);
    for (Column column : row.contract().columns()) {
      String text = row.asText(column);
      if (text == null) {
        digest.update(NOT_RECORDED);
      } else {
        digest.update(text.getBytes(UTF_8));
      }
      digest.update(END);
    }
  }

  /** The digest in lower-case hexadecimal; ends the use of this object. */
  String finish() {
    return Sha256.finish(digest);
  }
}
