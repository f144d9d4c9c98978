package dev.alta.load.target;

import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import dev.alta.load.record.Recording;
import dev.alta.load.rows.Requests;
import dev.alta.load.scenario.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls a gateway, over HTTP/1.1. */
final class JsonCaller implements Caller {
  private static final String VERSION = "\"model_version\":\"";

  private final Gateway gateway;
  private final RequestHeaders headers;
  private final List<HttpData> bodies = new ArrayList<>();

  JsonCaller(Target target, Requests requests, Load load) {
    this.gateway = new Gateway(target, load.patience());
    this.headers =
        RequestHeaders.of(
            HttpMethod.POST,
            requests.hypothetical() ? "/predict?hypothetical=true" : "/predict",
            "content-type",
            MediaType.JSON.toString());
    for (int i = 0; i < requests.size(load.call()); i++) {
      bodies.add(HttpData.wrap(requests.body(i)));
    }
  }

  @Override
  public void call(int number, Ended ended) {
    CompletableFuture<AggregatedHttpResponse> answer =
        gateway
            .client()
            .execute(HttpRequest.of(headers, bodies.get(number % bodies.size())))
            .aggregate();
    CompletableFuture<?> unused =
        answer.whenComplete(
            (response, failure) -> {
              if (failure == null) {
                ended.with(status(response.status()), version(response.contentUtf8()));
              } else {
                ended.with(status(failure), "");
              }
            });
  }

  /** Found without parsing: the load generator has the target's cores. */
  private static String version(String answer) {
    int from = answer.indexOf(VERSION);
    int to = from < 0 ? -1 : answer.indexOf('"', from + VERSION.length());
    return to < 0 ? "" : answer.substring(from + VERSION.length(), to);
  }

  private static String status(HttpStatus status) {
    return status.equals(HttpStatus.OK) ? Recording.OK : Integer.toString(status.code());
  }

  private static String status(Throwable failure) {
    Throwable cause = Exceptions.peel(failure);
    return cause instanceof ResponseTimeoutException ? "TIMEOUT" : cause.getClass().getSimpleName();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
