package dev.alta.app.data;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.proto.v1.Encounter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** Synthetic encounters as a CSV file in the shape of the data set named in the contract. */
public final class SyntheticFile {
  private static final String LINE_END = "\r\n"; // that of the data set named in the contract

  private SyntheticFile() {}

  /**
   * Writes the file; it appears whole or not at all.
   *
   * @throws IllegalArgumentException if fewer than one row is asked for
   */
  public static void write(Path file, long rows, long seed) throws IOException {
    if (rows < 1) {
      throw new IllegalArgumentException("rows: " + rows + " (expected: > 0)");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new IOException(file + ": its folder (expected: one that exists and can be written)");
    }
    Path partial = Files.createTempFile(folder, ".synthetic", ".partial");
    try {
      try (Writer csv = writer(partial, isCompressed(file))) {
        writeRows(csv, rows, seed);
      }
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static boolean isCompressed(Path file) {
    return file.toString().endsWith(".gz");
  }

  private static Writer writer(Path file, boolean compressed) throws IOException {
    OutputStream bytes = Files.newOutputStream(file);
    return new BufferedWriter(
        new OutputStreamWriter(
            compressed ? new GZIPOutputStream(bytes) : bytes, StandardCharsets.UTF_8));
  }

  private static void writeRows(Writer csv, long rows, long seed) throws IOException {
    Contract contract = Contract.of(Encounter.getDescriptor());
    EncounterGenerator generator = new EncounterGenerator(contract, Effects.of(contract), seed);
    csv.write(
        CsvRecord.line(contract.stored().stream().map(Column::sourceName).toList()) + LINE_END);
    for (long i = 0; i < rows; i++) {
      Row row = generator.next();
      List<String> cells = new ArrayList<>(contract.size());
      for (Column column : contract.stored()) {
        cells.add(Objects.requireNonNullElse(row.asText(column), ""));
      }
      csv.write(CsvRecord.line(cells) + LINE_END);
    }
  }
}
