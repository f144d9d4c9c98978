package dev.alta.gateway.request;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Before a server stops, lets each answer be the last one of its connection and say so ({@code
 * Connection: close}, or GOAWAY). A server that closes a kept connection by itself may do so while
 * a request is on its way into it, which then fails.
 */
public final class LastAnswers {
  private static final long LOOK_EVERY_MILLIS = 20;

  private volatile boolean begun;

  /** What marks the answers. */
  public Function<HttpService, HttpService> decorator() {
    return service ->
        new SimpleDecoratingHttpService(service) {
          @Override
          public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request)
              throws Exception {
            if (begun) {
              var unused = ctx.initiateConnectionShutdown();
            }
            return unwrap().serve(ctx, request);
          }
        };
  }

  /** Waits until there are no connections, so long at most. */
  public void give(Server server, Duration longest) throws InterruptedException {
    begun = true;
    long end = System.nanoTime() + longest.toNanos();
    while (server.numConnections() > 0 && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }
}
