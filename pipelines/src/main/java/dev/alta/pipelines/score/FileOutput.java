package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.file.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A file, and another one with {@code .rejects.csv} behind its name where rows were rejected. Parts
 * lie beside it under names that begin with a dot until it is published.
 */
record FileOutput(
    Place place, RowText.Form form, boolean ranked, int reasons, PinnedModel model, String run)
    implements Output {
  private static final String REJECTS = ".rejects.csv";
  private static final int LARGEST_PORTION = 4 << 20;
  private static final int ALL_PORTIONS = 64 << 20;
  private static final int SMALLEST_PORTION = 16 << 10;

  /** Removes what runs that were cut off have left: the latest run wins. */
  static FileOutput begin(Place place, boolean ranked, int reasons, PinnedModel model) {
    place.requireWritable();
    String run = UUID.randomUUID().toString().substring(0, 8);
    FileOutput output =
        new FileOutput(place, RowText.Form.of(place.name()), ranked, reasons, model, run);
    output.delete(output.prefix());
    return output;
  }

  @Override
  public String address() {
    return place.address();
  }

  @Override
  public String rejectsAddress() {
    return rejects().address();
  }

  @Override
  public Writer open(Contract contract) {
    RowText text = form.text(contract, model, reasons);
    return new Writer() {
      @Override
      public void write(long part, String source, PartRows rows) throws IOException {
        if (!rows.scored().isEmpty()) {
          PartFile.write(part(part, "scored"), rows.scored(), ranked, text);
        }
        if (!rows.unscored().isEmpty()) {
          PartFile.write(part(part, "rejects"), rows.unscored());
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void publish(Contract contract, List<PlacedPart> parts) throws IOException {
    if (marker().find().isPresent()) {
      return;
    }
    publishRejects(parts);
    List<PartCursor> cursors = new ArrayList<>();
    int portion = portion(parts.size());
    for (PlacedPart placed : parts) {
      if (placed.part().scored() > 0) {
        cursors.add(
            new PartCursor(part(placed.part().number(), "scored"), cursors.size(), portion));
      }
    }
    LineStream.Lines lines = ranked ? PartLines.ranked(cursors) : PartLines.inOrder(cursors);
    byte[] header = form.text(contract, model, reasons).header().getBytes(StandardCharsets.UTF_8);
    try (InputStream content =
        place.name().endsWith(".gz")
            ? LineStream.zipped(header, lines)
            : LineStream.of(header, lines)) {
      place.write(content);
    }
    long scored = parts.stream().mapToLong(placed -> placed.part().scored()).sum();
    long rejected = parts.stream().mapToLong(placed -> placed.part().unscored()).sum();
    marker()
        .write(
            new ByteArrayInputStream(
                (scored + " " + rejected).getBytes(StandardCharsets.US_ASCII)));
  }

  /** Before the answers, so that these are never there without. */
  private void publishRejects(List<PlacedPart> parts) throws IOException {
    List<PlacedPart> rejected =
        parts.stream().filter(placed -> placed.part().unscored() > 0).toList();
    if (rejected.isEmpty()) {
      rejects().delete(); // those of an earlier run
      return;
    }
    byte[] header = "source,line,field,value,expected,raw_text\n".getBytes(StandardCharsets.UTF_8);
    try (InputStream content = LineStream.of(header, new RejectLines(rejected))) {
      rejects().write(content);
    }
  }

  /** Completes the lines of the parts by source and line. */
  private final class RejectLines implements LineStream.Lines {
    private final List<PlacedPart> parts;
    private int at = -1;
    private PartCursor cursor;

    RejectLines(List<PlacedPart> parts) {
      this.parts = parts;
      this.cursor = open(0);
    }

    private PartCursor open(int part) {
      at = part;
      return new PartCursor(
          part(parts.get(part).part().number(), "rejects"), part, SMALLEST_PORTION);
    }

    @Override
    public byte @org.jspecify.annotations.Nullable [] next() throws IOException {
      while (!cursor.next()) {
        if (at == parts.size() - 1) {
          return null;
        }
        cursor = open(at + 1);
      }
      PlacedPart placed = parts.get(at);
      String line = Long.toString(cursor.number() + placed.linesBefore());
      return (CsvRecord.line(List.of(placed.source(), line))
              + ","
              + new String(cursor.line(), StandardCharsets.UTF_8))
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void tidy(List<PlacedPart> parts) throws IOException {
    for (PlacedPart placed : parts) {
      part(placed.part().number(), "scored").delete();
      part(placed.part().number(), "rejects").delete();
    }
  }

  @Override
  public Outcome outcome(Contract contract) throws IOException {
    try (InputStream in = marker().read(marker().find().orElseThrow(), 0)) {
      String[] counts = new String(in.readAllBytes(), StandardCharsets.US_ASCII).split(" ", 2);
      return new Outcome(Long.parseLong(counts[0]), Long.parseLong(counts[1]));
    }
  }

  @Override
  public void end() {
    delete(prefix() + run);
  }

  private void delete(String namesFrom) {
    for (Place left : place.besides(namesFrom)) {
      try {
        left.delete();
      } catch (IOException failed) {
        throw new PipelineException(
            left.address() + ": cannot be removed (" + failed.getMessage() + ")", failed);
      }
    }
  }

  private static int portion(int parts) {
    return Math.max(SMALLEST_PORTION, Math.min(LARGEST_PORTION, ALL_PORTIONS / Math.max(1, parts)));
  }

  private String prefix() {
    return "." + place.name() + ".alta-";
  }

  private Place part(long number, String what) {
    return place.beside(prefix() + run + "-" + number + "." + what);
  }

  private Place marker() {
    return place.beside(prefix() + run + "-published");
  }

  private Place rejects() {
    return place.beside(place.name() + REJECTS);
  }
}
