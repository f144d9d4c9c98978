package dev.alta.pipelines.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.TestStore;
import dev.alta.pipelines.file.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Files of a bucket; those of this machine are in {@code BatchPlannerTest}. */
final class CsvFileIT {
  private final Optional<StoreSettings> store = Optional.of(TestStore.emptyBucket());
  private final String root = "s3://" + store.orElseThrow().bucket() + "/";

  @Test
  void unpacksAFileOfManyRangesAndOfSeveralMembers() throws IOException {
    byte[] bytes = new byte[11 << 20];
    new Random(1).nextBytes(bytes);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    for (int from = 0; from < bytes.length; from += 1 << 20) {
      try (GZIPOutputStream member = new GZIPOutputStream(zipped)) {
        member.write(bytes, from, 1 << 20);
      }
    }
    write("many.csv.gz", zipped.toByteArray());

    CsvFile file = CsvFile.matching(root + "many*", store).get(0);
    assertThat(file.zipped()).isTrue();
    assertThat(file.baseName()).isEqualTo("many.csv");
    assertThat(Arrays.equals(all(file, 0), bytes)).isTrue();
    int from = 7_654_321;
    assertThat(Arrays.equals(all(file, from), Arrays.copyOfRange(bytes, from, bytes.length)))
        .isTrue();
  }

  @Test
  void readsAPlainFileFromAnOffset() throws IOException {
    write("plain.csv", "a,b\n1,2\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    CsvFile file = CsvFile.at(Place.of(root + "plain.csv", store));
    assertThat(all(file, 4)).asString().isEqualTo("1,2\n");
    assertThat(file.size()).isEqualTo(8);
    file.requireUnchanged();
    write("plain.csv", new byte[] {'x'});
    assertThatThrownBy(file::requireUnchanged)
        .isInstanceOf(PipelineException.class)
        .hasMessage(
            root + "plain.csv: has changed meanwhile (expected: a file that stays as it is)");
  }

  @Test
  void refusesWhatIsNotThereOrEmptyOrNotGzip() throws IOException {
    write("empty.csv", new byte[0]);
    write("plain.csv.gz", new byte[] {'a', 'b'});
    assertRefused("none.csv", "not there (expected: a file that can be read)");
    assertRefused("empty.csv", "empty (expected: a CSV file with a header line)");
    assertRefused("plain.csv.gz", "not compressed by gzip (expected: as its name says)");
  }

  private void assertRefused(String name, String message) {
    assertThatThrownBy(() -> CsvFile.matching(root + name, store))
        .isInstanceOf(PipelineException.class)
        .hasMessage(root + name + ": " + message);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Place.of(root + name, store).write(new ByteArrayInputStream(bytes));
  }

  private static byte[] all(CsvFile file, long from) throws IOException {
    try (InputStream in = file.open(from)) {
      return in.readAllBytes();
    }
  }
}
