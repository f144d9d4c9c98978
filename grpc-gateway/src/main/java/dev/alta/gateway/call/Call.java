package dev.alta.gateway.call;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;

/**
 * One call of the API.
 *
 * @param path such as {@code /models/{model}}; answered with a slash at its end as well
 * @param operation what it says of itself, and what is checked before the handler sees a request
 */
public record Call(HttpMethod method, String path, Operation operation, Handler handler) {
  /** Answers a request that was found to be in order. */
  @FunctionalInterface
  public interface Handler {
    HttpResponse answer(Asked asked);
  }

  /** One that reads; HEAD is answered as well. */
  public static Call get(String path, Operation operation, Handler handler) {
    return new Call(HttpMethod.GET, path, operation, handler);
  }

  public static Call post(String path, Operation operation, Handler handler) {
    return new Call(HttpMethod.POST, path, operation, handler);
  }
}
