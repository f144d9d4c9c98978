package dev.alta.model.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alta.embedded.S3Endpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileStoreIT {
  @TempDir static Path folder;
  private static S3Endpoint endpoint;
  private static FileStore files;

  @BeforeAll
  static void start() throws IOException {
    endpoint = S3Endpoint.start(folder.resolve("store"));
    ObjectStore.open(settings("data")).close();
    files = FileStore.of(settings("data"));
  }

  @AfterAll
  static void stop() {
    files.close();
    endpoint.close();
  }

  @Test
  void readsRangesOfAFileOfSeveralParts() {
    byte[] bytes = new byte[37 << 20];
    new Random(1).nextBytes(bytes);
    files.write("large", new ByteArrayInputStream(bytes));
    StoredFile file = files.find("large").orElseThrow();

    assertThat(file.size()).isEqualTo(bytes.length);
    int from = (16 << 20) - 5;
    assertThat(files.read(file, from, 10)).isEqualTo(Arrays.copyOfRange(bytes, from, from + 10));
    assertThat(files.read(file, 0, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void listsByPrefixInOrder() {
    for (String key : new String[] {"list/b", "list/a/c", "other", "list/a b"}) {
      write(key, key);
    }
    assertThat(files.list("list/"))
        .extracting(StoredFile::key)
        .containsExactly("list/a b", "list/a/c", "list/b");
    assertThat(files.list("list/b")).containsExactly(files.find("list/b").orElseThrow());
  }

  @Test
  void readsNoFileThatHasChanged() {
    write("changing", "one");
    StoredFile file = files.find("changing").orElseThrow();
    write("changing", "two");
    assertThatExceptionOfType(StoreException.PreconditionFailed.class)
        .isThrownBy(() -> files.read(file, 0, 3))
        .withMessage(
            "changing: changed by somebody else (expected: as it was when first looked at)");
  }

  @Test
  void keepsWhatIsThereWhereTheContentBreaksOff() {
    write("kept", "before");
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[20 << 20]),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("cable pulled");
              }

              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> files.write("kept", broken))
        .withMessageContaining("cable pulled");
    assertThat(files.find("kept").orElseThrow().size()).isEqualTo(6);
    assertThat(files.list("kept")).hasSize(1);
  }

  @Test
  void deletesWhatIsThereAndWhatIsNot() {
    write("gone", "x");
    files.delete("gone");
    files.delete("gone");
    assertThat(files.find("gone")).isEmpty();
  }

  @Test
  void namesABucketThatIsNotThere() {
    try (FileStore other = FileStore.of(settings("nowhere"))) {
      assertThat(other.find("x")).isEmpty();
      assertThatExceptionOfType(StoreException.NotFound.class)
          .isThrownBy(() -> other.list(""))
          .withMessage("bucket nowhere: not there");
      assertThatExceptionOfType(StoreException.NotFound.class)
          .isThrownBy(() -> other.write("x", new ByteArrayInputStream(new byte[1])))
          .withMessage("bucket nowhere: not there");
    }
  }

  private static void write(String key, String text) {
    files.write(key, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static StoreSettings settings(String bucket) {
    return new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), bucket);
  }
}
