package dev.alta.scorer.call;

import io.grpc.Attributes;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of {@link StraightCalls}: one request, one answer. */
final class StraightCall<Q, A> extends ClientCall<Q, A> {
  private final MethodDescriptor<Q, A> method;
  private final ServerMethodDefinition<InputStream, InputStream> served;
  private final List<ServerStreamTracer> tracers;
  private @Nullable Served call;
  private @Nullable Q request;

  StraightCall(
      MethodDescriptor<Q, A> method,
      ServerMethodDefinition<InputStream, InputStream> served,
      List<ServerStreamTracer.Factory> tracers) {
    this.method = method;
    this.served = served;
    this.tracers = new ArrayList<>(tracers.size());
    Metadata none = new Metadata();
    for (ServerStreamTracer.Factory factory : tracers) {
      this.tracers.add(factory.newServerStreamTracer(method.getFullMethodName(), none));
    }
  }

  @Override
  public void start(Listener<A> caller, Metadata headers) {
    call = new Served(caller, headers);
  }

  /** There is one answer, which comes when it is there. */
  @Override
  public void request(int messages) {}

  @Override
  public void sendMessage(Q message) {
    request = message;
  }

  @Override
  public void halfClose() {
    started().serve();
  }

  @Override
  public void cancel(@Nullable String message, @Nullable Throwable cause) {
    started().cancel(Status.CANCELLED.withDescription(message).withCause(cause));
  }

  private Served started() {
    Served begun = call;
    if (begun == null) {
      throw new IllegalStateException("not started");
    }
    return begun;
  }

  /** The server's side. */
  private final class Served extends ServerCall<InputStream, InputStream> {
    private final ClientCall.Listener<A> caller;
    private final Metadata headers;
    private ServerCall.@Nullable Listener<InputStream> listener;
    private boolean cancelled;
    private boolean over;

    Served(ClientCall.Listener<A> caller, Metadata headers) {
      this.caller = caller;
      this.headers = headers;
    }

    void serve() {
      Context context = Context.ROOT;
      for (ServerStreamTracer tracer : tracers) {
        context = tracer.filterContext(context);
      }
      Context before = context.attach();
      try {
        begin();
      } catch (RuntimeException failure) {
        close(Status.fromThrowable(failure), new Metadata());
      } finally {
        context.detach(before);
      }
    }

    private void begin() {
      Info info = new Info();
      for (ServerStreamTracer tracer : tracers) {
        tracer.serverCallStarted(info);
      }
      Q message = request;
      if (message == null) {
        throw Status.INTERNAL.withDescription("no request was sent").asRuntimeException();
      }
      ServerCall.Listener<InputStream> begun =
          served.getServerCallHandler().startCall(this, headers);
      if (known(begun)) {
        begun.onMessage(method.streamRequest(message));
        begun.onHalfClose();
      }
    }

    /** Takes the listener; one of a call that was refused meanwhile is told that it is over. */
    private boolean known(ServerCall.Listener<InputStream> begun) {
      boolean goesOn;
      synchronized (this) {
        listener = begun;
        goesOn = !over;
      }
      if (!goesOn) {
        begun.onComplete();
      }
      return goesOn;
    }

    /** True for whoever ends the call. */
    private synchronized boolean end(boolean byCaller) {
      boolean first = !over;
      over = true;
      cancelled |= first && byCaller;
      return first;
    }

    private synchronized ServerCall.@Nullable Listener<InputStream> listener() {
      return listener;
    }

    void cancel(Status status) {
      if (end(true)) {
        tell(status, new Metadata(), ServerCall.Listener::onCancel);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (end(false)) {
        tell(status, trailers, ServerCall.Listener::onComplete);
      }
    }

    private void tell(
        Status status, Metadata trailers, Consumer<ServerCall.Listener<InputStream>> how) {
      tracers.forEach(tracer -> tracer.streamClosed(status));
      ServerCall.Listener<InputStream> told = listener();
      if (told != null) {
        how.accept(told);
      }
      caller.onClose(status, trailers);
    }

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata ofAnswer) {
      caller.onHeaders(ofAnswer);
    }

    @Override
    public void sendMessage(InputStream answer) {
      if (!isCancelled()) {
        caller.onMessage(method.parseResponse(answer));
      }
    }

    @Override
    public synchronized boolean isCancelled() {
      return cancelled;
    }

    @Override
    public MethodDescriptor<InputStream, InputStream> getMethodDescriptor() {
      return served.getMethodDescriptor();
    }
  }

  private final class Info extends ServerStreamTracer.ServerCallInfo<InputStream, InputStream> {
    @Override
    public MethodDescriptor<InputStream, InputStream> getMethodDescriptor() {
      return served.getMethodDescriptor();
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.EMPTY;
    }

    @Override
    public @Nullable String getAuthority() {
      return null;
    }
  }
}
