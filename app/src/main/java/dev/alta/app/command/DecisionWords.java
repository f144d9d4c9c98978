package dev.alta.app.command;

import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import java.util.Locale;

/** A decision in one line. */
final class DecisionWords {
  private DecisionWords() {}

  static String of(Decision decision) {
    return kind(decision)
        + " by "
        + decision.getWho()
        + ", "
        + decision.getDecidedAt().replaceAll("\\.\\d+Z", "Z")
        + ": "
        + decision.getReason()
        + (decision.getNote().isEmpty() ? "" : " (asked: " + decision.getNote() + ")");
  }

  private static String kind(Decision decision) {
    String words = decision.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return decision.getForced() && decision.getKind() == DecisionKind.PROMOTED
        ? words + ", forced,"
        : words;
  }
}
