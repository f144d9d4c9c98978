package dev.alta.pipelines.source;

import dev.alta.core.contract.Contract;
import dev.alta.fuzz.Expect;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.csv.RecordSplitter;
import dev.alta.testing.Visit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a source answers for a day. */
public final class HttpSourceTarget {
  private static final Contract CONTRACT = Contract.of(Visit.getDescriptor());
  private static final SourceUrl URL = SourceUrl.parse("http://a.example:1/data?group_number=1");

  private HttpSourceTarget() {}

  public static List<byte[]> seeds() {
    String head = "{\"group_number\":1,\"day\":2,\"batch_number\":9,";
    return List.of(
        bytes(head + "\"data\":[[1,7,\"surgery\",1.50,null,\"428\",\"no\"]]}"),
        bytes(
            head
                + "\"columns\":[\"came_back\",\"cause\",\"Person-No\",\"creatinine\",\"visit_id\"],"
                + "\"data\":[[\"no\",\"428\",7,1.50,1]],\"next\":{\"day\":3}}"),
        bytes(head + "\"data\":[{\"visit_id\":1,\"person\":7,\"ward\":\"a,\\\"b\"}]}"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static boolean run(byte[] input) throws IOException {
    Expect.that(DayReader.text(input, Wire.CODE).length() <= input.length, "a text of nothing");
    Day day;
    try {
      day = DayReader.read(CONTRACT, URL, 2, input);
    } catch (PipelineException refused) {
      Expect.words(refused.getMessage());
      String words = String.valueOf(refused.getMessage());
      Expect.that(words.contains("(expected: "), words);
      return false;
    }
    RecordSplitter records = new RecordSplitter(new ByteArrayInputStream(day.csv()), 0, 1);
    int rows = 0;
    while (records.next()) {
      int cells =
          CsvRecord.text(records.bytes()).flatMap(CsvRecord::cells).map(List::size).orElse(-1);
      Expect.same(cells, CONTRACT.stored().size(), "cells of a row");
      rows++;
    }
    Expect.same(rows, day.rows(), "rows");
    return true;
  }
}
