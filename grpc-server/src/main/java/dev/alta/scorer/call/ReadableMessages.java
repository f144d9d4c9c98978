package dev.alta.scorer.call;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.alta.core.contract.Violation;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Lets only messages through that can be read: the bytes of one, at most 4 MiB, unpacked where they
 * came compressed. Anything else is the caller's fault and ends in INVALID_ARGUMENT; left to
 * itself, gRPC answers UNKNOWN.
 */
public final class ReadableMessages implements ServerInterceptor {
  private static final int LARGEST = 4 << 20;
  // Smaller ones cannot take much memory, and are most.
  private static final int WEIGHED_FROM = 32 << 10;
  private static final int WEIGHED_WHOLLY_FROM = 1 << 20;

  // gRPC's own wraps each answer into a buffer of 8 KiB and copies it by another.
  private static final Marshaller<InputStream> AS_THEY_ARE =
      new Marshaller<>() {
        @Override
        public InputStream stream(InputStream bytes) {
          return bytes;
        }

        @Override
        public InputStream parse(InputStream bytes) {
          return bytes;
        }
      };

  private ReadableMessages() {}

  public static ServerServiceDefinition only(BindableService service) {
    // As streams, so that the bytes come through here before they are parsed.
    return ServerInterceptors.intercept(
        ServerInterceptors.useMarshalledMessages(service.bindService(), AS_THEY_ARE),
        new ReadableMessages());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new Reading<>(call, next.startCall(call, headers));
  }

  /** What gRPC unpacks tells its size only by being read. */
  private static final class Unpacked extends ByteArrayInputStream implements KnownLength {
    Unpacked(byte[] bytes) {
      super(bytes);
    }
  }

  private static final class Reading<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private boolean refused;

    Reading(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      if (refused) {
        return;
      }
      try {
        Q readable = readable(message);
        int size = ((InputStream) readable).available();
        if (size > LARGEST) {
          refuse(tooLarge(size));
        } else if (size < WEIGHED_FROM) {
          super.onMessage(readable);
        } else {
          weigh(((InputStream) readable).readAllBytes());
        }
      } catch (IOException noArchive) {
        refuse(malformed("the message cannot be unpacked"));
      } catch (StatusRuntimeException failure) {
        if (!(failure.getCause() instanceof InvalidProtocolBufferException)) {
          throw failure;
        }
        refuse(malformed("the bytes are no message of this method, or a text is no UTF-8"));
      }
    }

    @SuppressWarnings("unchecked") // Q is InputStream, by the marshaller above.
    private Q readable(Q message) throws IOException {
      return message instanceof KnownLength
          ? message
          : (Q) new Unpacked(((InputStream) message).readNBytes(LARGEST + 1));
    }

    @SuppressWarnings("unchecked") // As below.
    private void weigh(byte[] bytes) {
      boolean isBearable =
          !(call.getMethodDescriptor().getSchemaDescriptor()
                  instanceof ProtoMethodDescriptorSupplier method)
              || MessageWeight.isBearable(
                  method.getMethodDescriptor().getInputType(),
                  bytes,
                  bytes.length >= WEIGHED_WHOLLY_FROM);
      if (isBearable) {
        super.onMessage((Q) new Unpacked(bytes));
      } else {
        refuse(malformed("the message has far more parts than any request needs"));
      }
    }

    private static StatusRuntimeException tooLarge(int size) {
      return Refusals.error(
          List.of(new Violation("message", size + " bytes", "at most " + LARGEST + " bytes")));
    }

    private static StatusRuntimeException malformed(String what) {
      return Status.INVALID_ARGUMENT.withDescription(what).asRuntimeException();
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
  }
}
