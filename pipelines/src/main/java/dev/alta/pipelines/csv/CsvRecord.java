package dev.alta.pipelines.csv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The text of a record and its cells. */
public final class CsvRecord {
  private CsvRecord() {}

  /** The text; empty where the bytes are not UTF-8. */
  public static Optional<String> text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 || isUtf8(bytes) ? Optional.of(text) : Optional.empty();
  }

  /** The cells; empty where the quotes do not keep to RFC 4180. */
  public static Optional<List<String>> cells(String text) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (true) {
      if (at < text.length() && text.charAt(at) == '"') {
        int close = closingQuote(text, at + 1);
        if (close < 0 || (close + 1 < text.length() && text.charAt(close + 1) != ',')) {
          return Optional.empty();
        }
        cells.add(text.substring(at + 1, close).replace("\"\"", "\""));
        at = close + 1;
      } else {
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        cells.add(text.substring(at, end));
        at = end;
      }
      if (at == text.length()) {
        return Optional.of(cells);
      }
      at++; // the comma
    }
  }

  /** The text that {@link #cells} reads these from. */
  public static String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      line.append(i == 0 ? "" : ",");
      if (cell.indexOf(',') < 0
          && cell.indexOf('"') < 0
          && cell.indexOf('\n') < 0
          && cell.indexOf('\r') < 0) {
        line.append(cell);
      } else {
        line.append('"').append(cell.replace("\"", "\"\"")).append('"');
      }
    }
    return line.toString();
  }

  private static int closingQuote(String text, int from) {
    for (int at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
      if (at + 1 == text.length() || text.charAt(at + 1) != '"') {
        return at;
      }
    }
    return -1;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }
}
