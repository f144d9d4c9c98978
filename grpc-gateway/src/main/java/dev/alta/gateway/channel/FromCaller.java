package dev.alta.gateway.channel;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Deadline;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what the HTTP request that a call is made for says of it: the trace that it belongs to
 * (W3C Trace Context), and how long its caller waits ({@code grpc-timeout}, in gRPC's own form:
 * 500m are 500 milliseconds), which shortens the deadline that the settings give.
 */
public final class FromCaller implements ClientInterceptor {
  private static final CallOptions.Key<Boolean> SHORTENED =
      CallOptions.Key.createWithDefault("alta-shortened", Boolean.FALSE);
  private static final List<String> TRACE = List.of("traceparent", "tracestate");
  private static final String TIMEOUT = "grpc-timeout";
  private static final Pattern FORM = Pattern.compile("(\\d{1,8})([HMSmun])");
  private static final Map<String, TimeUnit> UNITS =
      Map.of(
          "H", TimeUnit.HOURS,
          "M", TimeUnit.MINUTES,
          "S", TimeUnit.SECONDS,
          "m", TimeUnit.MILLISECONDS,
          "u", TimeUnit.MICROSECONDS,
          "n", TimeUnit.NANOSECONDS);

  /** Whether the caller waits for a shorter time than the settings let him. */
  static boolean isShortened(CallOptions options) {
    return options.getOption(SHORTENED);
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    ServiceRequestContext ctx = ServiceRequestContext.currentOrNull();
    if (ctx == null) {
      return next.newCall(method, options);
    }
    RequestHeaders headers = ctx.request().headers();
    String timeout = headers.get(TIMEOUT);
    if (timeout == null) {
      return traced(headers, next.newCall(method, options));
    }
    Matcher parts = FORM.matcher(timeout);
    TimeUnit unit = parts.matches() ? UNITS.get(parts.group(2)) : null;
    if (unit == null) {
      return new FailedCall<>(
          Status.INVALID_ARGUMENT.withDescription(
              "the header "
                  + TIMEOUT
                  + " is no time (expected: up to eight digits and H, M, S, m, u or n; 500m are"
                  + " 500 milliseconds)"));
    }
    Deadline asked = Deadline.after(Long.parseLong(parts.group(1)), unit);
    return traced(headers, next.newCall(method, sooner(options, asked)));
  }

  private static CallOptions sooner(CallOptions options, Deadline asked) {
    Deadline set = options.getDeadline();
    return set != null && set.isBefore(asked)
        ? options
        : options.withDeadline(asked).withOption(SHORTENED, true);
  }

  private static <Q, A> ClientCall<Q, A> traced(RequestHeaders headers, ClientCall<Q, A> call) {
    if (headers.get(TRACE.get(0)) == null) {
      return call;
    }
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void start(Listener<A> listener, Metadata metadata) {
        TRACE.forEach(name -> put(metadata, name, headers.get(name)));
        super.start(listener, metadata);
      }
    };
  }

  private static void put(Metadata metadata, String name, @Nullable String value) {
    if (value != null) {
      metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }
  }
}
