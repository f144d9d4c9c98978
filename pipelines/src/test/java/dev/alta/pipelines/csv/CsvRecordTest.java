package dev.alta.pipelines.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvRecordTest {
  @Test
  void parsesCells() {
    assertThat(CsvRecord.cells("a,b")).contains(List.of("a", "b"));
    assertThat(CsvRecord.cells("a,,")).contains(List.of("a", "", ""));
    assertThat(CsvRecord.cells(",a")).contains(List.of("", "a"));
    assertThat(CsvRecord.cells("a")).contains(List.of("a"));
    assertThat(CsvRecord.cells(" a , b")).contains(List.of(" a ", " b"));
  }

  @Test
  void takesOffQuotes() {
    assertThat(CsvRecord.cells("\"a,b\",\"c\"")).contains(List.of("a,b", "c"));
    assertThat(CsvRecord.cells("\"\",\"\"\"\"")).contains(List.of("", "\""));
    assertThat(CsvRecord.cells("\"say \"\"hi\"\"\"")).contains(List.of("say \"hi\""));
    assertThat(CsvRecord.cells("\"a\nb\"")).contains(List.of("a\nb"));
    assertThat(CsvRecord.cells("5\" tall")).contains(List.of("5\" tall"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a", "\"a\"b", "a,\"", "\"a\"b\"", "\"\"\""})
  void refusesQuotesThatDoNotEndAtAComma(String text) {
    assertThat(CsvRecord.cells(text)).isEmpty();
  }

  @Test
  void readsUtf8AndNothingElse() {
    assertThat(CsvRecord.text("é\uFFFD".getBytes(StandardCharsets.UTF_8))).contains("é\uFFFD");
    assertThat(CsvRecord.text("é".getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
  }
}
