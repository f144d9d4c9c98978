package dev.alta.model.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store whose clock is not ours. Others are in the tests of those who use them. */
@Timeout(60)
final class StoreCallsTest {
  private static final String SKEWED =
      "<Error><Code>RequestTimeTooSkewed</Code><Message>Forbidden</Message></Error>";
  private static final String NOTHING =
      "<ListBucketResult><Name>alta</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated>"
          + "</ListBucketResult>";
  private static final String ANYWHERE = "<LocationConstraint/>";

  private final AtomicInteger skewed = new AtomicInteger();
  private HttpServer server;
  private StoreCalls calls;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    calls = new StoreCalls(new StoreSettings(url, "key-of-a-test", "secret-of-a-test", "alta"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean isSkewed = skewed.getAndDecrement() > 0;
    boolean asksWhere = String.valueOf(exchange.getRequestURI().getQuery()).startsWith("location");
    String body = isSkewed ? SKEWED : asksWhere ? ANYWHERE : NOTHING;
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(isSkewed ? 403 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @AfterEach
  void stop() {
    calls.close();
    server.stop(0);
  }

  @Test
  void asksAgainWhereAClockWasSetMeanwhile() {
    skewed.set(1);
    assertThat(calls.list("models/")).isEmpty();
    assertThat(skewed.get()).isNegative();
  }

  @Test
  void saysSoWhereTheClocksStayApart() {
    skewed.set(Integer.MAX_VALUE);
    assertThatThrownBy(() -> calls.list("models/"))
        .isInstanceOf(StoreException.Refused.class)
        .hasMessageContaining("its clock is not this machine's (expected: 15 minutes off at most)");
  }
}
