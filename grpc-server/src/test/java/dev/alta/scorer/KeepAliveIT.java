package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections without calls, by clients that speak HTTP/2 but do not behave. */
@Timeout(60)
final class KeepAliveIT {
  private static final int HEADER = 9;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  @TempDir static Path folder;

  private static RunningScorer scorer;

  @BeforeAll
  static void start() throws Exception {
    scorer =
        RunningScorer.start(
            folder, RunningScorer.ANY_PORTS.withLongestSilence(Duration.ofSeconds(2)));
  }

  @AfterAll
  static void stop() {
    scorer.close();
  }

  @Test
  void sendsAwayAClientThatPingsTooOften() throws Exception {
    try (Socket client = connect()) {
      // At once: it hangs up before the last of them.
      ByteArrayOutputStream pings = new ByteArrayOutputStream();
      for (int i = 0; i < 5; i++) {
        pings.write(frame(PING, 8));
      }
      client.getOutputStream().write(pings.toByteArray());

      DataInputStream in = new DataInputStream(client.getInputStream());
      byte[] said = await(in, GO_AWAY);
      assertThat(said[7]).isEqualTo((byte) ENHANCE_YOUR_CALM);
      assertThat(new String(said, 8, said.length - 8, StandardCharsets.US_ASCII))
          .isEqualTo("too_many_pings");
    }
  }

  @Test
  void asksASilentClientForASignOfLifeAndHangsUpWithoutOne() throws Exception {
    try (Socket client = connect()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      await(in, PING);
      assertThat(hangsUp(in)).isTrue();
    }
  }

  private static Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), scorer.scorer().port());
    OutputStream out = client.getOutputStream();
    out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
    out.write(frame(SETTINGS, 0));
    return client;
  }

  /** A frame of the connection whose content is zeros. */
  private static byte[] frame(int type, int length) {
    byte[] frame = new byte[HEADER + length];
    frame[2] = (byte) length;
    frame[3] = (byte) type;
    return frame;
  }

  /** The content of the next frame of a kind. */
  private static byte[] await(DataInputStream in, int type) throws IOException {
    while (true) {
      byte[] header = in.readNBytes(HEADER);
      if (header.length < HEADER) {
        throw new EOFException("hung up (expected: a frame of type " + type + ")");
      }
      int length = (header[0] & 0xFF) << 16 | (header[1] & 0xFF) << 8 | (header[2] & 0xFF);
      byte[] content = in.readNBytes(length);
      if (header[3] == type) {
        return content;
      }
    }
  }

  private static boolean hangsUp(DataInputStream in) {
    try {
      in.readAllBytes();
      return true;
    } catch (IOException reset) {
      return true;
    }
  }
}
