package dev.alta.pipelines.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordSplitterTest {
  @Test
  void endsRecordsAtEitherLineEndAndAtTheEndOfTheFile() throws IOException {
    assertThat(split("a,b\r\nc\nd")).containsExactly("1@0:a,b", "2@5:c", "3@7:d");
  }

  @Test
  void keepsLineEndsWithinQuotes() throws IOException {
    assertThat(split("a,\"b\r\nc\"\r\nd\n")).containsExactly("1@0:a,\"b\r\nc\"", "3@10:d");
  }

  @Test
  void takesADoubledQuoteForPartOfTheCell() throws IOException {
    assertThat(split("\"a\"\"\nb\",c\nd")).containsExactly("1@0:\"a\"\"\nb\",c", "3@10:d");
  }

  @Test
  void doesNotBeginAQuoteWithinACell() throws IOException {
    assertThat(split("5\" tall\nb\"\"c\n\"x\"y\"\nd"))
        .containsExactly("1@0:5\" tall", "2@8:b\"\"c", "3@13:\"x\"y\"", "4@19:d");
  }

  @Test
  void skipsEmptyLines() throws IOException {
    assertThat(split("\n\r\na\n\n\nb\n\n")).containsExactly("3@3:a", "6@7:b");
  }

  @Test
  void findsNothingInNothing() throws IOException {
    assertThat(split("")).isEmpty();
    assertThat(split("\n\n")).isEmpty();
  }

  @Test
  void splitsRecordsLongerThanItsBuffer() throws IOException {
    String longCell = "x".repeat(200_000);
    assertThat(split(longCell + "\nb")).containsExactly("1@0:" + longCell, "2@200001:b");
  }

  @Test
  void givesUpOnAQuoteThatIsNotClosed() {
    String text = "a\n\"" + "x\n".repeat(RecordSplitter.LONGEST);
    assertThatThrownBy(() -> split(text))
        .isInstanceOf(RecordTooLongException.class)
        .hasMessageStartingWith("line 2: a record of more than 1048576 bytes");
  }

  @Test
  void copiesEveryByteThatItGoesPast() throws IOException {
    String text = "a\r\n\r\n\"b\nc\"\nd";
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    RecordSplitter records = new RecordSplitter(in(text), 0, 1, copy);
    while (records.next()) {
      assertThat(copy.size()).isEqualTo((int) records.nextOffset());
    }
    assertThat(copy.toString(StandardCharsets.UTF_8)).isEqualTo(text);
  }

  private static List<String> split(String text) throws IOException {
    List<String> found = new ArrayList<>();
    RecordSplitter records = new RecordSplitter(in(text), 0, 1);
    while (records.next()) {
      found.add(
          records.line()
              + "@"
              + records.offset()
              + ":"
              + new String(records.bytes(), StandardCharsets.UTF_8));
    }
    return found;
  }

  private static ByteArrayInputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
