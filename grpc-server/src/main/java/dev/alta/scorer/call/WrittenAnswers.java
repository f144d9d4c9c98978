package dev.alta.scorer.call;

import com.google.protobuf.ByteString;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lets methods of a generated service answer with messages that are already written, rather than
 * with objects that gRPC would have to write.
 */
public final class WrittenAnswers {
  private static final Marshaller<ByteString> AS_WRITTEN =
      new Marshaller<>() {
        @Override
        public InputStream stream(ByteString message) {
          return new Written(message);
        }

        @Override
        public ByteString parse(InputStream bytes) {
          try {
            return ByteString.readFrom(bytes);
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
        }
      };

  private WrittenAnswers() {}

  /** A method whose answers are bytes of the message that it says. */
  public static <Q> MethodDescriptor<Q, ByteString> method(MethodDescriptor<Q, ?> generated) {
    return generated.toBuilder(generated.getRequestMarshaller(), AS_WRITTEN).build();
  }

  /** A service with some of its methods in place of those of the same name. */
  public static ServerServiceDefinition replace(
      ServerServiceDefinition service, Collection<ServerMethodDefinition<?, ?>> some) {
    var methods =
        service.getMethods().stream()
            .collect(Collectors.toMap(WrittenAnswers::name, Function.identity()));
    some.forEach(method -> methods.put(name(method), method));
    ServiceDescriptor.Builder described =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    methods.values().forEach(method -> described.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(described.build());
    methods.values().forEach(definition::addMethod);
    return definition.build();
  }

  private static String name(ServerMethodDefinition<?, ?> method) {
    return method.getMethodDescriptor().getFullMethodName();
  }

  /** Bytes that gRPC copies once, into the connection's own buffer, where nobody reads them. */
  private static final class Written extends InputStream implements Drainable, KnownLength {
    private final ByteString message;
    private int position;

    Written(ByteString message) {
      this.message = message;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int left = available();
      message.substring(position).writeTo(target);
      position = message.size();
      return left;
    }

    @Override
    public int read() {
      return position < message.size() ? message.byteAt(position++) & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int start, int length) {
      int taken = Math.min(length, available());
      if (taken == 0) {
        return length == 0 ? 0 : -1;
      }
      message.substring(position, position + taken).copyTo(bytes, start);
      position += taken;
      return taken;
    }

    @Override
    public int available() {
      return message.size() - position;
    }
  }
}
