package dev.alta.training.live;

import dev.alta.core.drift.InputDrift;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * How one version does in the hospital.
 *
 * @param version its number
 * @param manifest empty where the registry does not have it
 * @param served predictions
 * @param periods by day or week
 * @param weeks whether these are weeks
 * @param drift how far the encounters it was asked for are from those it learned from; empty where
 *     that is not known
 * @param judged encounters whose outcome is known, of each class
 * @param shortage why there are no figures; empty where there are
 * @param figures of the encounters whose outcome is known; empty where these are too few
 * @param scores that these were computed from
 */
public record LiveVersion(
    String version,
    Optional<Manifest> manifest,
    long served,
    List<Period> periods,
    boolean weeks,
    Optional<InputDrift> drift,
    List<Long> judged,
    Optional<String> shortage,
    Optional<Evaluation> figures,
    LiveScores scores) {
  public LiveVersion {
    periods = List.copyOf(periods);
    judged = List.copyOf(judged);
  }

  /** Encounters whose outcome is known. */
  public long outcomes() {
    return judged.stream().mapToLong(n -> n).sum();
  }
}
