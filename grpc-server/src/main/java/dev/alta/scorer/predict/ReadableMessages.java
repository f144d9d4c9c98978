package dev.alta.scorer.predict;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.alta.core.contract.Violation;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Lets only messages through that can be read: the bytes of one, at most 4 MiB. Anything else is
 * the caller's fault and ends in INVALID_ARGUMENT; left to itself, gRPC answers UNKNOWN.
 */
public final class ReadableMessages implements ServerInterceptor {
  private static final int LARGEST = 4 << 20;

  private ReadableMessages() {}

  public static ServerServiceDefinition only(BindableService service) {
    // As streams, so that the bytes come through here before they are parsed.
    return ServerInterceptors.intercept(
        ServerInterceptors.useInputStreamMessages(service.bindService()), new ReadableMessages());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      private boolean refused;

      @Override
      public void onMessage(Q message) {
        int size = size(message);
        if (size > LARGEST) {
          refuse(
              Refusals.error(
                  List.of(
                      new Violation("message", size + " bytes", "at most " + LARGEST + " bytes"))));
          return;
        }
        try {
          super.onMessage(message);
        } catch (StatusRuntimeException failure) {
          if (!(failure.getCause() instanceof InvalidProtocolBufferException)) {
            throw failure;
          }
          refuse(
              Status.INVALID_ARGUMENT
                  .withDescription("the bytes are no message of this method, or a text is no UTF-8")
                  .asRuntimeException());
        }
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }

      private void refuse(StatusRuntimeException refusal) {
        refused = true;
        Metadata trailers = refusal.getTrailers();
        call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
      }
    };
  }

  private static int size(Object message) {
    try {
      return message instanceof InputStream stream ? stream.available() : 0;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("bytes in memory cannot fail", unreadable);
    }
  }
}
