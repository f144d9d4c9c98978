package dev.alta.loadtest.drill;

import dev.alta.loadtest.scorer.BenchRows;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;

/** Asks a scorer by gRPC, on a connection of its own. */
final class GrpcAsker implements Asker {
  private static final long LONGEST_SECONDS = 60;

  private final ManagedChannel channel;
  private final BenchRows rows;

  GrpcAsker(int port, BenchRows rows) {
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().disableRetry().build();
    this.rows = rows;
  }

  @Override
  public Reply ask(String requestId, int row) {
    PredictRequest request =
        PredictRequest.newBuilder()
            .setRequestId(requestId)
            .setEncounter(rows.encounters().get(row))
            .build();
    try {
      PredictResponse answer =
          ReadmissionServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(LONGEST_SECONDS, TimeUnit.SECONDS)
              .predict(request);
      return answer.getRequestId().equals(requestId)
          ? new Reply.Answered(
              answer.getModelVersion(),
              answer.getPrediction(),
              answer.toBuilder().clearRequestId().build().toString())
          : new Reply.Wrong(requestId + " was answered as " + answer.getRequestId());
    } catch (StatusRuntimeException failed) {
      return failed.getStatus().getCode() == Status.Code.UNAVAILABLE
          ? new Reply.Refused(String.valueOf(failed.getMessage()))
          : new Reply.Wrong(String.valueOf(failed.getMessage()));
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
