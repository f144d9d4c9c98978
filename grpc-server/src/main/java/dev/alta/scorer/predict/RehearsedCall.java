package dev.alta.scorer.predict;

import io.grpc.Drainable;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A call without a connection: its request is there, its answer goes nowhere. */
final class RehearsedCall extends ServerCall<InputStream, InputStream> {
  private final MethodDescriptor<InputStream, InputStream> method;
  private long bytes;
  private Status status = Status.UNKNOWN;

  private RehearsedCall(MethodDescriptor<InputStream, InputStream> method) {
    this.method = method;
  }

  /**
   * Makes a call.
   *
   * @param handler of a method whose messages are bytes
   * @return how many bytes the answer has
   * @throws IllegalStateException if it is an error
   */
  static long make(
      MethodDescriptor<InputStream, InputStream> method,
      ServerCallHandler<InputStream, InputStream> handler,
      byte[] request) {
    RehearsedCall call = new RehearsedCall(method);
    ServerCall.Listener<InputStream> listener = handler.startCall(call, new Metadata());
    listener.onReady();
    listener.onMessage(new ByteArrayInputStream(request));
    listener.onHalfClose();
    listener.onComplete();
    if (!call.status.isOk()) {
      throw new IllegalStateException(
          method.getFullMethodName() + " was rehearsed: " + call.status + " (expected: OK)");
    }
    return call.bytes;
  }

  @Override
  public void request(int messages) {
    // They come unasked.
  }

  @Override
  public void sendHeaders(Metadata headers) {
    // They go nowhere.
  }

  @Override
  public void sendMessage(InputStream message) {
    try {
      bytes +=
          message instanceof Drainable drainable
              ? drainable.drainTo(OutputStream.nullOutputStream())
              : message.readAllBytes().length;
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory cannot fail", impossible);
    }
  }

  @Override
  public void close(Status ending, Metadata trailers) {
    status = ending;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public MethodDescriptor<InputStream, InputStream> getMethodDescriptor() {
    return method;
  }
}
