package dev.alta.gateway.channel;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** A call that ends before it has begun. */
final class FailedCall<Q, A> extends ClientCall<Q, A> {
  private final Status status;

  FailedCall(Status status) {
    this.status = status;
  }

  @Override
  public void start(Listener<A> listener, Metadata headers) {
    listener.onClose(status, new Metadata());
  }

  @Override
  public void request(int messages) {}

  @Override
  public void cancel(@Nullable String message, @Nullable Throwable cause) {}

  @Override
  public void halfClose() {}

  @Override
  public void sendMessage(Q message) {}
}
