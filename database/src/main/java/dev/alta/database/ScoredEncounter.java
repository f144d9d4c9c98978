package dev.alta.database;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of scores; the columns have the names of the components.
 *
 * @param key text of the encounter's key; null where it was not given
 * @param patient text of the patient; null where it was not given
 * @param probabilities class to probability
 * @param reasons the strongest first; empty where none were asked for
 */
public record ScoredEncounter(
    @Nullable String key,
    @Nullable String patient,
    String prediction,
    Map<String, Double> probabilities,
    double probabilityReadmitted,
    double probabilityWithin30Days,
    String risk,
    double riskPercentile,
    List<Reason> reasons) {
  /** What moved the margin of the most urgent class: a column, its value, and by how much. */
  public record Reason(String column, String value, double contribution) {}
}
