package dev.alta.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectArgs;
import io.minio.errors.ErrorResponseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class S3EndpointIT {
  private static List<String> tagsOfWinners(List<Future<String>> writers) throws Exception {
    List<String> tags = new ArrayList<>();
    for (Future<String> writer : writers) {
      try {
        tags.add(writer.get());
      } catch (ExecutionException lost) {
        assertThat(lost)
            .cause()
            .isInstanceOfSatisfying(
                ErrorResponseException.class,
                e -> assertThat(e.errorResponse().code()).isEqualTo("PreconditionFailed"));
      }
    }
    return tags;
  }

  private static final String BUCKET = "alta";

  @TempDir Path home;

  @Test
  void keepsObjectsAndKeysOverARestart() throws Exception {
    String secret;
    try (S3Endpoint endpoint = start()) {
      secret = endpoint.secretKey();
      put(client(endpoint), "models/a/1", "first", Map.of());
    }
    try (S3Endpoint endpoint = start()) {
      assertThat(endpoint.secretKey()).isEqualTo(secret);
      assertThat(get(client(endpoint), "models/a/1")).isEqualTo("first");
    }
    Path file = home.resolve("objects-secret-key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void removesWhatAKilledProcessLeftHalfWrittenAndNothingElse() throws Exception {
    String whole = "models/a/card-0a1b2c3d-0000-4000-8000-0123456789ab";
    try (S3Endpoint endpoint = start()) {
      put(client(endpoint), whole, "first", Map.of());
    }
    Path half =
        home.resolve("objects")
            .resolve(BUCKET)
            .resolve("models/a/native.json-4781111a-e95f-4912-9105-0f2d450d8175");
    Files.writeString(half, "{");
    assumeTrue(
        Files.getFileStore(half).supportsFileAttributeView(UserDefinedFileAttributeView.class),
        "skipped: the temporary folder's file system keeps no attributes; set java.io.tmpdir");
    Files.setAttribute(
        half, "user:user.content-type", "text/plain".getBytes(StandardCharsets.UTF_8));

    try (S3Endpoint endpoint = start()) {
      assertThat(names(client(endpoint), "models/")).containsExactly(whole);
      assertThat(get(client(endpoint), whole)).isEqualTo("first");
    }
    assertThat(half).doesNotExist();
  }

  @Test
  void listsWhileObjectsAreWritten() throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (S3Endpoint endpoint = start()) {
      MinioClient client = client(endpoint);
      Future<?> writing =
          writer.submit(
              () -> {
                for (int i = 0; i < 100; i++) {
                  put(client, "many/" + i, "text", Map.of());
                }
                return null;
              });
      while (!writing.isDone()) {
        assertThat(names(client, "many/")).hasSizeLessThanOrEqualTo(101);
      }
      writing.get();
      assertThat(names(client, "many/")).hasSize(100);
    } finally {
      writer.shutdownNow();
    }
  }

  private static List<String> names(MinioClient client, String prefix) throws Exception {
    List<String> names = new ArrayList<>();
    for (var found :
        client.listObjects(
            ListObjectsArgs.builder().bucket(BUCKET).prefix(prefix).recursive(true).build())) {
      names.add(found.get().objectName());
    }
    return names;
  }

  @Test
  void createsAnObjectOnlyOnce() throws Exception {
    try (S3Endpoint endpoint = start()) {
      MinioClient client = client(endpoint);
      put(client, "once", "first", Map.of("If-None-Match", "*"));
      assertThatThrownBy(() -> put(client, "once", "second", Map.of("If-None-Match", "*")))
          .isInstanceOfSatisfying(
              ErrorResponseException.class,
              e -> assertThat(e.errorResponse().code()).isEqualTo("PreconditionFailed"));
      assertThat(get(client, "once")).isEqualTo("first");
    }
  }

  @Test
  void replacesAnObjectOnlyIfItIsTheOneExpected() throws Exception {
    try (S3Endpoint endpoint = start()) {
      MinioClient client = client(endpoint);
      String first = put(client, "pointer", "1", Map.of());
      String second = put(client, "pointer", "2", Map.of("If-Match", "\"" + first + "\""));
      assertThat(second).isNotEqualTo(first);
      assertThatThrownBy(() -> put(client, "pointer", "3", Map.of("If-Match", "\"" + first + "\"")))
          .isInstanceOfSatisfying(
              ErrorResponseException.class, e -> assertThat(e.response().code()).isEqualTo(412));
      assertThat(get(client, "pointer")).isEqualTo("2");
    }
  }

  @Test
  void letsOneOfSeveralWritersWin() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (S3Endpoint endpoint = start()) {
      MinioClient client = client(endpoint);
      String tag = put(client, "pointer", "0", Map.of());
      for (int round = 1; round <= 10; round++) {
        Map<String, String> condition = Map.of("If-Match", "\"" + tag + "\"");
        CyclicBarrier start = new CyclicBarrier(4);
        List<Future<String>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          String text = round + " " + i;
          writers.add(
              threads.submit(
                  () -> {
                    start.await();
                    return put(client, "pointer", text, condition);
                  }));
        }
        List<String> tags = tagsOfWinners(writers);
        assertThat(tags).hasSize(1);
        tag = tags.get(0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesAWrongKey() throws Exception {
    try (S3Endpoint endpoint = start()) {
      MinioClient stranger =
          MinioClient.builder()
              .endpoint(endpoint.url())
              .credentials(endpoint.accessKey(), "guess")
              .build();
      assertThatThrownBy(() -> put(stranger, "x", "x", Map.of()))
          .isInstanceOfSatisfying(
              ErrorResponseException.class,
              e -> assertThat(e.errorResponse().code()).isEqualTo("SignatureDoesNotMatch"));
    }
  }

  @Test
  void refusesAFolderInUseAndAPortTaken() throws Exception {
    try (S3Endpoint endpoint = start()) {
      assertThatThrownBy(() -> start().close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by another process");
      assertThatThrownBy(() -> S3Endpoint.start(home.resolve("others"), endpoint.port()).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("taken (expected: a free port)");
    }
  }

  private S3Endpoint start() throws IOException {
    return S3Endpoint.start(home.resolve("objects"));
  }

  private static MinioClient client(S3Endpoint endpoint) throws Exception {
    MinioClient client =
        MinioClient.builder()
            .endpoint(endpoint.url())
            .credentials(endpoint.accessKey(), endpoint.secretKey())
            .build();
    if (!client.bucketExists(BucketExistsArgs.builder().bucket(BUCKET).build())) {
      client.makeBucket(MakeBucketArgs.builder().bucket(BUCKET).build());
    }
    return client;
  }

  /** Writes an object and gives its ETag. */
  private static String put(
      MinioClient client, String name, String text, Map<String, String> headers) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ObjectWriteResponse response =
        client.putObject(
            PutObjectArgs.builder().bucket(BUCKET).object(name).headers(headers).stream(
                    new ByteArrayInputStream(bytes), bytes.length, -1)
                .build());
    return response.etag();
  }

  private static String get(MinioClient client, String name) throws Exception {
    try (InputStream in =
        client.getObject(GetObjectArgs.builder().bucket(BUCKET).object(name).build())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
