package dev.alta.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.TestStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same of a folder and of a bucket. */
final class PlaceIT {
  enum Kind {
    LOCAL,
    STORED
  }

  @TempDir Path folder;
  private Optional<StoreSettings> store = Optional.empty();
  private String root = "";

  private void open(Kind kind) {
    if (kind == Kind.LOCAL) {
      root = folder + "/";
    } else {
      store = Optional.of(TestStore.emptyBucket());
      root = "s3://" + store.get().bucket() + "/";
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsFromAnyByteOnWhatWasWritten(Kind kind) throws Exception {
    open(kind);
    byte[] bytes = new byte[18 << 20];
    new Random(1).nextBytes(bytes);
    Place place = place("deep/file.csv");
    assertThat(place.find()).isEmpty();
    place.write(new ByteArrayInputStream(bytes));

    Found found = place.find().orElseThrow();
    assertThat(found.size()).isEqualTo(bytes.length);
    assertThat(place.name()).isEqualTo("file.csv");
    assertThat(place.beside("x").address()).isEqualTo(root + "deep/x");
    for (int from : new int[] {0, 1, 64 << 10, 9_000_000, bytes.length - 1, bytes.length}) {
      try (InputStream in = sent(place).read(found, from)) {
        assertThat(in.available()).isEqualTo(bytes.length - from);
        byte[] read = in.readAllBytes();
        assertThat(Arrays.equals(read, 0, read.length, bytes, from, bytes.length)).isTrue();
      }
    }
    try (InputStream in = place.read(found, 3)) {
      in.skipNBytes(100);
      assertThat(in.read()).isEqualTo(bytes[103] & 0xff);
      in.skipNBytes(10_000_000);
      assertThat(in.read()).isEqualTo(bytes[10_000_104] & 0xff);
    }
    place.delete();
    place.delete();
    assertThat(place.find()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatMatchesSortedByName(Kind kind) throws Exception {
    open(kind);
    for (String name :
        List.of("b.csv", "a.csv", "a.csv.gz", ".hidden.csv", "sub/c.csv", "sub/deep/d.csv")) {
      write(name, "x");
    }
    assertThat(matching("*.csv")).containsExactly("a.csv", "b.csv");
    assertThat(matching("[ab].csv*")).containsExactly("a.csv", "a.csv.gz", "b.csv");
    assertThat(matching("{b,sub/c}.csv")).containsExactly("b.csv", "sub/c.csv");
    assertThat(matching("*/*.csv")).containsExactly("sub/c.csv");
    assertThat(matching("**.csv")).containsExactly("a.csv", "b.csv", "sub/c.csv", "sub/deep/d.csv");
    assertThat(matching("b.csv")).containsExactly("b.csv");
    assertThatThrownBy(() -> matching("none-*.csv"))
        .isInstanceOf(PipelineException.class)
        .hasMessage(root + "none-*.csv: no such file (expected: at least one that matches)");
    assertThatThrownBy(() -> matching("{a.csv"))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("expected: a pattern such as *.csv.gz");
  }

  @ParameterizedTest
  @EnumSource
  void takesANameThatLooksLikeAPatternWhereTheFileIsThere(Kind kind) throws Exception {
    open(kind);
    write("data[1].csv", "x");
    write("data1.csv", "x");
    assertThat(matching("data[1].csv")).containsExactly("data[1].csv");
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatIsThereWhereWritingFails(Kind kind) throws Exception {
    open(kind);
    write("list.csv", "before");
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[10_000]),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("disk gone");
              }

              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThatThrownBy(() -> place("list.csv").write(broken)).hasMessageContaining("disk gone");
    Place place = place("list.csv");
    try (InputStream in = place.read(place.find().orElseThrow(), 0)) {
      assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("before");
    }
    if (kind == Kind.LOCAL) {
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).hasSize(1);
      }
    }
  }

  @Test
  void noticesThatAFileOfABucketHasChanged() throws Exception {
    open(Kind.STORED);
    write("list.csv", "before");
    Place place = place("list.csv");
    Found before = place.find().orElseThrow();
    write("list.csv", "after!");
    assertThatThrownBy(
            () -> {
              try (InputStream in = place.read(before, 0)) {
                in.readAllBytes();
              }
            })
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining(root + "list.csv: ")
        .hasMessageContaining("changed by somebody else");
  }

  @Test
  void refusesAddressesThatNameNoFile() {
    open(Kind.STORED);
    assertThatThrownBy(() -> Place.of("s3://bucket", store))
        .hasMessage("s3://bucket: no name of a file (expected: s3://bucket/key)");
    assertThatThrownBy(() -> Place.of("s3://B/x", store))
        .hasMessage("s3://B/x: bucket: B (expected: 3 to 63 of a-z, 0-9, dot and hyphen)");
    assertThatThrownBy(() -> Place.of("s3://bucket/x", Optional.empty()))
        .hasMessage(
            "s3://bucket/x: no store is known (expected: its URL and keys in the settings)");
    assertThatThrownBy(
            () -> Place.of(folder.toString(), store).write(InputStream.nullInputStream()))
        .hasMessage(folder + ": no file (expected: the name of a file to write)");
  }

  @Test
  void keepsTheKeysToItself() {
    open(Kind.STORED);
    assertThat(place("x.csv")).hasToString(root + "x.csv");
  }

  private Place place(String name) {
    return Place.of(root + name, store);
  }

  private List<String> matching(String pattern) {
    return Place.matching(root + pattern, store).stream()
        .map(place -> place.address().substring(root.length()))
        .toList();
  }

  private void write(String name, String text) throws IOException {
    place(name).write(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** As a worker gets it. */
  private static Place sent(Place place) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(place);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Place) in.readObject();
    }
  }
}
