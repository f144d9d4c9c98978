package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import java.nio.charset.StandardCharsets;

/** Answers as the lines of a file. The names are those of the scorer's JSON. */
sealed interface RowText permits CsvText, JsonLines {
  /** How answers are written. */
  enum Form {
    CSV,
    JSON_LINES;

    /** By the name of a file, leaving out {@code .gz}. */
    static Form of(String name) {
      String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
      return plain.endsWith(".jsonl") ? JSON_LINES : CSV;
    }

    RowText text(Contract contract, PinnedModel model, int reasons) {
      return this == CSV
          ? new CsvText(contract, model, reasons)
          : new JsonLines(contract, model, reasons > 0);
    }
  }

  /** What stands above all answers; may be empty. */
  String header();

  /** An answer, its line end included. */
  String row(Answer answer);

  /** The same as it is written. */
  default byte[] bytes(Answer answer) {
    return row(answer).getBytes(StandardCharsets.UTF_8);
  }
}
