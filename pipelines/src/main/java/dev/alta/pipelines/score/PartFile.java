package dev.alta.pipelines.score;

import dev.alta.core.contract.Violation;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.file.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A file with the lines of a part: for each of them its risk, a number that decides between lines
 * of the same risk, its length and its bytes.
 */
final class PartFile {
  /** Bytes before a line's own. */
  static final int HEAD = Double.BYTES + Long.BYTES + Integer.BYTES;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private PartFile() {}

  /** The answers, the highest risk first if they are to be ranked. */
  static void write(Place place, List<Answer> answers, boolean ranked, RowText text)
      throws IOException {
    List<Answer> ordered = new ArrayList<>(answers);
    if (ranked) {
      ordered.sort(
          Comparator.comparingDouble(
                  (Answer answer) -> -answer.prediction().probabilityMostUrgent())
              .thenComparingLong(Answer::order));
    }
    PartFile file = new PartFile();
    for (Answer answer : ordered) {
      file.add(answer.prediction().probabilityMostUrgent(), answer.order(), text.bytes(answer));
    }
    file.write(place);
  }

  /**
   * A line for each reason why a row was rejected, without source and line, which is the number.
   */
  static void write(Place place, List<Unscored> unscored) throws IOException {
    PartFile file = new PartFile();
    for (Unscored row : unscored) {
      for (Violation reason : row.reasons()) {
        String line =
            CsvRecord.line(
                List.of(reason.field(), reason.value(), reason.expected(), row.rawText()));
        file.add(0, row.line(), (line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    file.write(place);
  }

  private void add(double risk, long number, byte[] line) throws IOException {
    out.writeDouble(risk);
    out.writeLong(number);
    out.writeInt(line.length);
    out.write(line);
  }

  private void write(Place place) throws IOException {
    place.write(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
