package dev.alta.scorer.call;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Answers compressed by gzip whoever asks so. What a client accepts is no request, since most
 * accept gzip without a word of their user, and it costs more time than it saves on a fast network.
 */
public final class Gzip implements ServerInterceptor {
  private static final Metadata.Key<String> ENCODING =
      Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);
  private static final String GZIP = "gzip";

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (GZIP.equals(headers.get(ENCODING))) {
      call.setCompression(GZIP);
    }
    return next.startCall(call, headers);
  }
}
