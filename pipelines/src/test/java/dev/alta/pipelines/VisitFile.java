package dev.alta.pipelines;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Files of the contract for tests. */
public final class VisitFile {
  public static final String HEADER = "visit_id,Person-No,ward,creatinine,falls,cause,came_back";

  private VisitFile() {}

  /** Visits 1 to n of about n/2 patients; the last ten are in a hospice. */
  public static List<String> rows(int n) {
    Random random = new Random(1);
    List<String> rows = new ArrayList<>();
    for (int id = 1; id <= n; id++) {
      String ward = id > n - 10 ? "hospice" : List.of("surgery", "medicine", "n/a").get(id % 3);
      rows.add(
          String.join(
              ",",
              Integer.toString(id),
              Integer.toString(1_000 + random.nextInt(n / 2)),
              ward,
              Double.toString(random.nextInt(300) / 100.0),
              id % 4 == 0 ? "" : Integer.toString(id % 5),
              List.of("250.83", "V57", "\"428\"").get(id % 3),
              random.nextInt(10) < 3 ? "yes" : "no"));
    }
    return rows;
  }

  public static Path write(Path file, List<String> rows) throws IOException {
    return write(file, HEADER, rows);
  }

  /** Writes a file with CRLF; compressed if its name says so. */
  public static Path write(Path file, String header, List<String> rows) throws IOException {
    byte[] bytes =
        (header + "\r\n" + String.join("\r\n", rows) + "\r\n").getBytes(StandardCharsets.UTF_8);
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
      out.write(bytes);
    }
    return file;
  }
}
