package dev.alta.database;

import dev.alta.core.split.Place;
import dev.alta.core.split.Side;
import dev.alta.core.split.SideCounts;
import dev.alta.core.split.SplitPlan;
import dev.alta.core.split.Stratum;
import dev.alta.core.split.StratumCut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table {@code split_threshold}: the plan of the split of each generation. */
final class Thresholds {
  private static final String COLUMNS =
      "stratum, train_patients, validation_patients, test_patients, train_kept, validation_kept,"
          + " test_kept, train_last_hash, train_last_patient, validation_last_hash,"
          + " validation_last_patient";

  private Thresholds() {}

  static void record(Connection connection, long generation, SplitPlan plan) throws SQLException {
    try (CopyWriter copy =
        new CopyWriter(connection, "split_threshold (generation, " + COLUMNS + ")")) {
      for (StratumCut cut : plan.cuts()) {
        copy.field(generation);
        copy.field(cut.stratum().toString());
        for (SideCounts counts : List.of(cut.patients(), cut.kept())) {
          for (Side side : Side.values()) {
            copy.field(counts.of(side));
          }
        }
        copy.field(cut.trainLast().hash());
        copy.field(cut.trainLast().patient());
        copy.field(cut.validationLast().hash());
        copy.field(cut.validationLast().patient());
        copy.endRow();
      }
      copy.finish();
    }
  }

  /**
   * Reads the plan of a generation.
   *
   * @throws IllegalArgumentException if the rows contradict each other; names the stratum
   */
  static SplitPlan read(Connection connection, long generation, long seed) throws SQLException {
    List<StratumCut> cuts = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM split_threshold WHERE generation = ?")) {
      select.setLong(1, generation);
      try (ResultSet r = select.executeQuery()) {
        while (r.next()) {
          cuts.add(
              new StratumCut(
                  Stratum.of(r.getString(1)),
                  new SideCounts(r.getLong(2), r.getLong(3), r.getLong(4)),
                  new SideCounts(r.getLong(5), r.getLong(6), r.getLong(7)),
                  new Place(r.getLong(8), r.getLong(9)),
                  new Place(r.getLong(10), r.getLong(11))));
        }
      }
    }
    return SplitPlan.of(seed, cuts);
  }
}
