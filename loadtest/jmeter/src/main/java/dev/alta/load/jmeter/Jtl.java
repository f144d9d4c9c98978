package dev.alta.load.jmeter;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.alta.load.record.Recording;
import dev.alta.load.record.Samples;
import dev.alta.load.record.Samples.Sample;
import dev.alta.load.scenario.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads JMeter's file of results. */
final class Jtl {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final Pattern WORD = Pattern.compile("[A-Z_0-9]+");

  private Jtl() {}

  static Samples read(Path file, Load load) throws IOException {
    List<Sample> samples = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      lines.forEach(line -> samples.add(sample(line)));
    }
    if (load.isOpen()) {
      addUnsent(samples, load);
    }
    return Samples.of(samples);
  }

  private static Sample sample(NamedCsvRecord line) {
    long started = Long.parseLong(line.getField("timeStamp")) * NANOS_PER_MILLI;
    long took = Long.parseLong(line.getField("elapsed")) * NANOS_PER_MILLI;
    long begun = noted(line, GrpcSampler.BEGUN, started);
    long ended = noted(line, GrpcSampler.ENDED, started + took);
    return new Sample(noted(line, ScheduleTimer.DUE, begun), begun, ended, status(line));
  }

  private static long noted(NamedCsvRecord line, String name, long otherwise) {
    return line.findField(name)
        .filter(text -> !text.isEmpty() && !text.equals("null"))
        .map(Long::parseLong)
        .orElse(otherwise);
  }

  private static String status(NamedCsvRecord line) {
    String code = line.getField("responseCode");
    if (code.equals("200") || code.equals(Recording.OK)) {
      return Recording.OK;
    }
    return WORD.matcher(code).matches() ? code : Samples.NO_ANSWER;
  }

  /** What was due and never sent, since all threads were waiting. */
  private static void addUnsent(List<Sample> samples, Load load) {
    long start = samples.stream().mapToLong(Sample::due).min().orElse(0);
    samples.addAll(Samples.unsent(load.schedule(), samples.size(), start));
  }
}
