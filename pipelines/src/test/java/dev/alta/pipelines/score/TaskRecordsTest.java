package dev.alta.pipelines.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.VisitFile;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.testing.Visit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaskRecordsTest {
  private static final Contract CONTRACT = Contract.of(Visit.getDescriptor());
  private static final List<String> RECORDS =
      List.of("1,2", "a,\"b,c\",d", "", "x".repeat(50), "\"q\"\"q\"", ",,,", "é,ü");
  private static final List<String> WITH_BREAKS = List.of("1,\"2\n3\",4", "\"\n\"", "\"a\r\nb\"");

  @TempDir Path folder;

  /** A record and its line. */
  private record Found(String text, long line) {}

  @Test
  void findsEachRecordOnceAndItsLineWhateverTheRanges() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      InputFile file = write(random, RECORDS);
      List<Found> expected = read(List.of(task(file, 0, file.offset(), Long.MAX_VALUE)));
      assertThat(read(ranges(file, 1 + random.nextInt(80)))).isEqualTo(expected);
    }
  }

  @Test
  void neverMisreadsALineBreakWithinQuotes() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    List<String> all = new ArrayList<>(RECORDS);
    all.addAll(WITH_BREAKS);
    int refused = 0;
    int read = 0;
    for (int round = 0; round < 300; round++) {
      InputFile file = write(random, all);
      List<Found> expected = read(List.of(task(file, 0, file.offset(), Long.MAX_VALUE)));
      List<FileTask> ranges = ranges(file, 20 + random.nextInt(300));
      try {
        assertThat(read(ranges)).isEqualTo(expected);
        read++;
      } catch (PipelineException noticed) {
        assertThat(noticed.getMessage()).contains(": a line break within quotes near byte ");
        refused++;
      }
    }
    // Both happen, so both were tried.
    assertThat(refused).isGreaterThan(20);
    assertThat(read).isGreaterThan(20);
  }

  @Test
  void saysWhichFileHasALineBreakWithinQuotes() throws IOException {
    Path path = folder.resolve("v.csv");
    Files.writeString(path, VisitFile.HEADER + "\n1,\"" + "x\n".repeat(100) + "\"\n2,3\n");
    InputFile file = InputFile.open(CsvFile.at(path), CONTRACT);
    assertThatThrownBy(() -> read(ranges(file, 50)))
        .isInstanceOf(PipelineException.class)
        .hasMessageStartingWith(path + ": a line break within quotes near byte ")
        .hasMessageContaining("use --parallelism 1");
  }

  private InputFile write(SplittableRandom random, List<String> records) throws IOException {
    StringBuilder text = new StringBuilder(VisitFile.HEADER).append('\n');
    int count = random.nextInt(40);
    for (int i = 0; i < count; i++) {
      text.append(records.get(random.nextInt(records.size())));
      boolean last = i == count - 1;
      text.append(last && random.nextBoolean() ? "" : random.nextBoolean() ? "\n" : "\r\n");
    }
    Path path = folder.resolve("v.csv");
    Files.writeString(path, text);
    return InputFile.open(CsvFile.at(path), CONTRACT);
  }

  private static List<FileTask> ranges(InputFile file, int bytes) {
    List<FileTask> tasks = new ArrayList<>();
    for (long from = file.offset(); from < file.file().size() || tasks.isEmpty(); from += bytes) {
      long to = from + bytes >= file.file().size() ? Long.MAX_VALUE : from + bytes;
      tasks.add(task(file, tasks.size(), from, to));
    }
    return tasks;
  }

  private static FileTask task(InputFile file, int number, long from, long to) {
    return new FileTask(number, file, from, to);
  }

  /** What workers and the last step make of the tasks together. */
  private static List<Found> read(List<FileTask> tasks) throws IOException {
    List<List<Found>> byTask = new ArrayList<>();
    List<TaskDone> done = new ArrayList<>();
    for (FileTask task : tasks) {
      List<Found> found = new ArrayList<>();
      try (TaskRecords records = TaskRecords.open(task)) {
        while (records.next()) {
          found.add(new Found(new String(records.bytes(), StandardCharsets.UTF_8), records.line()));
        }
        done.add(
            new TaskDone(
                task.number(),
                task.input().file().path(),
                task.isFirst(),
                records.first(),
                records.nextTask(),
                records.nextTaskLine(),
                List.of(new TaskDone.Part(task.number(), found.size(), 0))));
      }
      byTask.add(found);
    }
    List<Found> all = new ArrayList<>();
    for (PlacedPart placed : PlacedPart.of(done)) {
      for (Found found : byTask.get((int) placed.part().number())) {
        all.add(new Found(found.text(), found.line() + placed.linesBefore()));
      }
    }
    return all;
  }
}
