package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.csv.CsvFile;
import java.util.List;
import java.util.Optional;

/**
 * What is scored: files or a query.
 *
 * @param files none where there is a query
 */
record ScoreInput(List<InputFile> files, Optional<QueryInput> query) {
  /** Reads the headers. */
  static ScoreInput open(ScoreSettings settings, Contract contract) {
    if (inDatabase(settings.input())) {
      return new ScoreInput(
          List.of(),
          Optional.of(
              QueryInput.open(settings.database().orElseThrow(), settings.input(), contract)));
    }
    return new ScoreInput(
        CsvFile.matching(settings.input(), Optional.of(settings.store())).stream()
            .map(file -> InputFile.open(file, contract))
            .toList(),
        Optional.empty());
  }

  static boolean inDatabase(String input) {
    return input.startsWith(ScoreSettings.TABLE) || QueryInput.isQuery(input);
  }

  /** For people; a query may name patients, so it is not told. */
  String words(String given) {
    return query.isPresent() ? query.get().address() : files.size() + " files of " + given;
  }
}
