package dev.alta.load.rows;

import com.google.protobuf.util.JsonFormat;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.RowMessage;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.proto.v1.Encounter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Encounters that can be scored, without what identifies a patient.
 *
 * @param origin in words
 */
public record Rows(List<Encounter> encounters, String origin) {
  public static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  /** As many as a batch has, so that each batch has different rows. */
  private static final int FEWEST = 64;

  public Rows {
    encounters = List.copyOf(encounters);
  }

  /** So many, always the same ones for a seed. */
  public static Rows generate(int rows, long seed) {
    EncounterGenerator generator = new EncounterGenerator(CONTRACT, Effects.of(CONTRACT), seed);
    List<Encounter> encounters = new ArrayList<>();
    while (encounters.size() < rows) {
      scored(generator.next()).ifPresent(encounters::add);
    }
    return new Rows(encounters, rows + " generated encounters, seed " + seed);
  }

  /**
   * The first rows of a CSV file in the data set's shape that can be scored; others are left out.
   *
   * @param file plain, or compressed if it ends in .gz
   * @throws IOException if it cannot be read, or holds too few that can be scored
   */
  public static Rows read(Path file, int most) throws IOException {
    List<Encounter> encounters = new ArrayList<>();
    int read = 0;
    try (InputStream bytes = open(file);
        CsvReader<NamedCsvRecord> records =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      for (NamedCsvRecord line : records) {
        read++;
        row(line).flatMap(Rows::scored).ifPresent(encounters::add);
        if (encounters.size() == most) {
          break;
        }
      }
    }
    if (encounters.size() < FEWEST) {
      throw new IOException(
          file + ": " + encounters.size() + " rows that can be scored (expected: " + FEWEST + ")");
    }
    String left = read > encounters.size() ? ", " + (read - encounters.size()) + " left out" : "";
    return new Rows(encounters, encounters.size() + " encounters of " + file.getFileName() + left);
  }

  /**
   * The encounters that {@link Requests#writeLines} wrote.
   *
   * @throws IOException if a line is no encounter
   */
  public static Rows lines(Path file) throws IOException {
    List<Encounter> encounters = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Encounter.Builder encounter = Encounter.newBuilder();
      JsonFormat.parser().merge(line, encounter);
      encounters.add(encounter.build());
    }
    return new Rows(encounters, encounters.size() + " encounters of " + file.getFileName());
  }

  private static InputStream open(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
  }

  private static Optional<Row> row(NamedCsvRecord line) {
    Intake intake = new Intake(CONTRACT, Door.SCORE);
    for (Column column : CONTRACT.stored()) {
      line.findField(column.sourceName()).ifPresent(value -> intake.text(column, value));
    }
    return intake.finish() instanceof Checked.Accepted accepted
        ? Optional.of(accepted.row())
        : Optional.empty();
  }

  /** What the scorer would answer; without key, patient and outcome. */
  private static Optional<Encounter> scored(Row row) {
    CONTRACT.columns().stream().filter(Column::identifies).forEach(row::clear);
    Encounter encounter = RowMessage.write(row, Encounter.newBuilder()).build();
    boolean kept =
        Intake.check(CONTRACT, Door.SCORE, encounter) instanceof Checked.Accepted accepted
            && new Cleaner(CONTRACT).clean(accepted.row()) instanceof Cleaned.Kept;
    return kept ? Optional.of(encounter) : Optional.empty();
  }
}
