package dev.alta.app.data;

import dev.alta.core.split.Side;
import dev.alta.database.Generation;
import dev.alta.pipelines.ingest.IngestResult;
import dev.alta.pipelines.prepare.PrepareResult;
import java.util.Locale;

/** What came of a step, in one line. */
final class DataWords {
  private DataWords() {}

  static String of(IngestResult result) {
    if (result.read() == 0) {
      return "no new rows";
    }
    if (result.alreadyThere() == result.read()) {
      return format("%,d rows read, all ingested before: nothing to do", result.read());
    }
    return format(
        "%,d rows read = %,d accepted + %,d rejected + %,d duplicates + %,d ingested before",
        result.read(),
        result.accepted(),
        result.rejected(),
        result.duplicates(),
        result.alreadyThere());
  }

  static String of(PrepareResult result) {
    Generation generation = result.generation();
    long excluded = generation.excluded().values().stream().mapToLong(n -> n).sum();
    return format(
        "%,d rows = %,d kept + %,d excluded%s; train %,d, validation %,d, test %,d%s",
        generation.rowsRead(),
        generation.kept(),
        excluded,
        excluded == 0 ? "" : " (" + String.join(", ", generation.excluded().keySet()) + ")",
        generation.rows(Side.TRAIN),
        generation.rows(Side.VALIDATION),
        generation.rows(Side.TEST),
        result.isNew() ? "" : "; unchanged");
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
