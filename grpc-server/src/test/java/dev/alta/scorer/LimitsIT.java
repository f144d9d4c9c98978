package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.testing.http2.RawHttp2;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client may do to a scorer without others noticing. {@code loadtest/limits} does more. */
@Timeout(120)
final class LimitsIT {
  private static final String PREDICT =
      ReadmissionServiceGrpc.getPredictMethod().getFullMethodName();
  private static final String STREAM =
      ReadmissionServiceGrpc.getPredictStreamMethod().getFullMethodName();
  private static final int ANY_WINDOW = 1 << 20;
  private static final int NO_WINDOW = 0;
  private static final int MOST_CALLS_OF_A_CONNECTION = 5_000;
  private static final int OTHERS_CALLS = 100;

  @TempDir static Path folder;

  private static RunningScorer scorer;

  @BeforeAll
  static void start() throws Exception {
    scorer = RunningScorer.start(folder);
  }

  @AfterAll
  static void stop() {
    scorer.close();
  }

  /** Whatever came before; a call may be refused as long as that is being dealt with. */
  @AfterEach
  void servesOthers() {
    Status.Code code = Status.Code.RESOURCE_EXHAUSTED;
    while (code == Status.Code.RESOURCE_EXHAUSTED) {
      try {
        assertThat(scorer.predict(Encounters.withInpatientStays(0)).getPrediction())
            .isEqualTo("NO");
        code = Status.Code.OK;
      } catch (StatusRuntimeException refused) {
        code = refused.getStatus().getCode();
      }
    }
    assertThat(code).isEqualTo(Status.Code.OK);
  }

  private static RawHttp2 connection() throws IOException {
    return RawHttp2.open(scorer.scorer().port(), ANY_WINDOW);
  }

  @Test
  void keepsNoPermitOfCallsThatAreTakenBack() throws Exception {
    try (RawHttp2 client = connection()) {
      for (int i = 0; i < 20_000; i++) {
        client.call(1 + 2 * i, PREDICT);
        client.reset(1 + 2 * i);
      }
      client.flush();
    } catch (IOException ended) {
      // By the scorer: that may be too many at once.
      assertThat(ended).isNotNull();
    }
  }

  @Test
  void endsConnectionsWhoseHeadersDoNotEnd() throws Exception {
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    for (int i = 0; i < 10; i++) {
      RawHttp2.header(more, "x-" + i, "x".repeat(100));
    }
    try (RawHttp2 client = connection()) {
      assertThat(ends(client, more.toByteArray())).isTrue();
    }
  }

  private static boolean ends(RawHttp2 client, byte[] part) {
    try {
      client.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.block(PREDICT));
      for (int i = 0; i < 20_000; i++) {
        client.frame(RawHttp2.CONTINUATION, 0, 1, part);
      }
      client.flush();
    } catch (IOException ended) {
      return true;
    }
    Optional<RawHttp2.Frame> frame = client.read();
    while (frame.isPresent()) {
      frame = client.read();
    }
    return true;
  }

  @Test
  void refusesLargeHeadersAlone() throws Exception {
    try (RawHttp2 client = connection()) {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.writeBytes(RawHttp2.block(PREDICT));
      for (int i = 0; i < 90; i++) {
        RawHttp2.header(block, "x-" + i, "x".repeat(100));
      }
      client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, block.toByteArray());
      client.flush();
      assertThat(client.readEnd(1)).isPresent();
    }
  }

  @Test
  void endsConnectionsWithFramesThatAreTooLong() throws Exception {
    try (RawHttp2 client = connection()) {
      client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, new byte[1 << 20]);
      client.flush();
      Optional<RawHttp2.Frame> frame = client.read();
      while (frame.isPresent()) {
        frame = client.read();
      }
    } catch (IOException ended) {
      assertThat(ended).isNotNull();
    }
  }

  @Test
  void servesOthersWhereStreamsAreNeverClosed() throws Exception {
    String said = servesOthersBeside(ANY_WINDOW, (client, call) -> client.call(call, STREAM));
    assertThat(said).contains("more calls are open than the scorer can hold");
  }

  @Test
  void servesOthersWhereCallsAreNeverSent() throws Exception {
    String said = servesOthersBeside(ANY_WINDOW, (client, call) -> client.call(call, PREDICT));
    assertThat(said).contains("more calls are open than the scorer can hold");
  }

  @Test
  void servesOthersWhereAnswersAreNeverRead() throws Exception {
    byte[] request =
        PredictRequest.newBuilder()
            .setEncounter(Encounters.withInpatientStays(0))
            .build()
            .toByteArray();
    String said =
        servesOthersBeside(
            NO_WINDOW,
            (client, call) -> {
              client.call(call, PREDICT);
              client.message(call, request);
            });
    // There are as many permits as cores allow: with many, the places are taken first.
    assertThat(said).containsPattern("more (requests at once|calls are open) than the scorer can");
  }

  private interface Opened {
    void by(RawHttp2 client, int call) throws IOException;
  }

  /**
   * Each of three clients opens as many calls as a connection may have, which then stay.
   *
   * @return what they were told
   */
  private static String servesOthersBeside(int window, Opened opened) throws Exception {
    StringBuilder said = new StringBuilder();
    List<RawHttp2> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        RawHttp2 client = RawHttp2.open(scorer.scorer().port(), window);
        clients.add(client);
        for (int call = 0; call < MOST_CALLS_OF_A_CONNECTION; call++) {
          opened.by(client, 1 + 2 * call);
        }
        said.append(client.readUntilTaken());
      }
      for (int i = 0; i < OTHERS_CALLS; i++) {
        assertThat(scorer.predict(Encounters.withInpatientStays(0)).getPrediction())
            .isEqualTo("NO");
      }
      return said.toString();
    } finally {
      for (RawHttp2 client : clients) {
        client.close();
      }
    }
  }

  /** Two bytes each on the wire, hundreds as objects. */
  @Test
  void refusesAMessageOfMillionsOfMessages() {
    Status status =
        RunningScorer.status(
            () ->
                scorer
                    .client()
                    .predictBatch(
                        PredictBatchRequest.newBuilder()
                            .addAllEncounters(
                                Collections.nCopies(2_000_000, Encounter.getDefaultInstance()))
                            .build()));
    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).contains("far more parts");
  }

  @Test
  void bearsManyConnectionsThatDoNothing() throws Exception {
    List<RawHttp2> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        idle.add(connection());
      }
      servesOthers();
    } finally {
      for (RawHttp2 one : idle) {
        one.close();
      }
    }
  }
}
