package dev.alta.load.target;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.alta.load.record.Recording;
import dev.alta.load.rows.Requests;
import dev.alta.load.scenario.Load;
import dev.alta.proto.v1.BatchItem;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictStreamResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceFutureStub;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceStub;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;

/** Calls a scorer. */
final class GrpcCaller implements Caller {
  // Of a batch or a stream: not each of its encounters was predicted.
  private static final String ITEM_REFUSED = "ITEM_REFUSED";

  private final List<ManagedChannel> channels;
  private final Requests requests;
  private final Load load;

  GrpcCaller(Target target, Requests requests, Load load) {
    this.channels =
        IntStream.range(0, load.connections()).mapToObj(connection -> channel(target)).toList();
    this.requests = requests;
    this.load = load;
  }

  static ManagedChannel channel(Target target) {
    NettyChannelBuilder channel =
        NettyChannelBuilder.forAddress(target.host(), target.port()).directExecutor();
    target
        .access()
        .roots()
        .ifPresentOrElse(roots -> channel.sslContext(trusting(roots)), channel::usePlaintext);
    target.access().authorization().ifPresent(value -> channel.intercept(showing(value)));
    return channel.build();
  }

  private static SslContext trusting(Path roots) {
    try {
      return GrpcSslContexts.forClient().trustManager(roots.toFile()).build();
    } catch (SSLException wrong) {
      throw new IllegalArgumentException(
          "--tls-roots: " + roots + " (expected: certificates, PEM)", wrong);
    }
  }

  private static ClientInterceptor showing(String authorization) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  @Override
  public void call(int number, Ended ended) {
    ManagedChannel channel = channels.get(number % channels.size());
    switch (load.call()) {
      case PREDICT ->
          note(
              futures(channel).predict(requests.predict(number)),
              answer -> ended.with(Recording.OK, answer.getModelVersion()),
              ended);
      case BATCH ->
          note(
              futures(channel).predictBatch(requests.batch(number)),
              answer -> ended.with(whole(answer), answer.getModelVersion()),
              ended);
      case STREAM -> stream(channel, requests.stream(number), ended);
      case JSON -> throw new IllegalStateException("JSON over gRPC");
    }
  }

  private ReadmissionServiceFutureStub futures(ManagedChannel channel) {
    return ReadmissionServiceGrpc.newFutureStub(channel)
        .withDeadlineAfter(load.patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static <T> void note(ListenableFuture<T> answer, Consumer<T> answered, Ended ended) {
    answer.addListener(() -> take(answer, answered, ended), MoreExecutors.directExecutor());
  }

  private static <T> void take(ListenableFuture<T> answer, Consumer<T> answered, Ended ended) {
    T message;
    try {
      message = Futures.getDone(answer);
    } catch (ExecutionException failure) {
      ended.with(status(failure), "");
      return;
    }
    answered.accept(message);
  }

  private static String status(Throwable failure) {
    return Status.fromThrowable(failure).getCode().toString();
  }

  private static String whole(PredictBatchResponse batch) {
    return batch.getItemsList().stream().allMatch(BatchItem::hasPrediction)
        ? Recording.OK
        : ITEM_REFUSED;
  }

  private void stream(ManagedChannel channel, List<PredictRequest> encounters, Ended ended) {
    ReadmissionServiceStub stub =
        ReadmissionServiceGrpc.newStub(channel)
            .withDeadlineAfter(load.patience().toMillis(), TimeUnit.MILLISECONDS);
    StreamObserver<PredictRequest> sent = stub.predictStream(new Answers(encounters.size(), ended));
    encounters.forEach(sent::onNext);
    sent.onCompleted();
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  /** Counts the answers of a stream. */
  private static final class Answers implements StreamObserver<PredictStreamResponse> {
    private final Ended ended;
    private int left;

    Answers(int expected, Ended ended) {
      this.left = expected;
      this.ended = ended;
    }

    @Override
    public void onNext(PredictStreamResponse answer) {
      left -= answer.hasPrediction() ? 1 : 0;
    }

    @Override
    public void onError(Throwable failure) {
      ended.with(status(failure), "");
    }

    @Override
    public void onCompleted() {
      ended.with(left == 0 ? Recording.OK : ITEM_REFUSED, "");
    }
  }
}
