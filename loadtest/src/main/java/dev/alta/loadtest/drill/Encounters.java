package dev.alta.loadtest.drill;

import dev.alta.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file of generated encounters, as {@code alta generate} writes it. */
final class Encounters {
  private static final String END = "\r\n";

  private Encounters() {}

  /** So many of them; they describe nobody. */
  static Path generate(AltaHome home, int rows, long seed)
      throws IOException, InterruptedException {
    Path file = home.folder().resolve("encounters.csv");
    String unused =
        home.run(
            "generate",
            "--rows",
            Integer.toString(rows),
            "--seed",
            Long.toString(seed),
            "--out",
            file.toString());
    return file;
  }

  /**
   * Spoils some: rows of other batches again, and rows that do not keep to the contract.
   *
   * @return the keys that are to be stored, in the order of the file
   */
  static List<String> spoil(Path file, int every) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    for (int i = every; i + 1 < lines.size(); i += every) {
      lines.set(i, lines.get(i - every + 2)); // a duplicate
      lines.set(i + 1, lines.get(i + 1).replaceFirst("Female|Male|Unknown/Invalid", "Both"));
    }
    Files.writeString(file, String.join(END, lines) + END);
    return lines.stream()
        .skip(1)
        .filter(line -> !line.contains(",Both,"))
        .map(line -> line.substring(0, line.indexOf(',')))
        .distinct()
        .toList();
  }

  /**
   * Compares what an ingest has stored with what it was to store.
   *
   * @param keys as {@link #spoil} gave them
   * @return rows stored
   */
  static long compareStored(
      Drilled drilled, DatabaseSettings database, List<String> keys, long batches)
      throws SQLException {
    try (Sql sql = new Sql(database)) {
      List<String> stored = sql.texts("SELECT encounter_id FROM raw_data");
      Set<String> different = new HashSet<>(stored);
      drilled.invariant("rows lost", keys.stream().filter(key -> !different.contains(key)).count());
      drilled.invariant("rows doubled or too many", stored.size() - keys.size());
      drilled.invariant(
          "batches lost or doubled",
          Math.abs(batches - sql.number("SELECT count(*) FROM ingest_batch")));
      return stored.size();
    }
  }
}
