package dev.alta.scorer.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RepliesTest {
  private final List<String> answers = new ArrayList<>();
  private final List<Status> failures = new ArrayList<>();
  private final AtomicInteger computed = new AtomicInteger();

  private final StreamObserver<String> reply =
      new StreamObserver<>() {
        @Override
        public void onNext(String answer) {
          answers.add(answer);
        }

        @Override
        public void onError(Throwable failure) {
          failures.add(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
          answers.add("completed");
        }
      };

  @Test
  void answersAndCompletes() {
    Replies.answer(reply, () -> "yes");

    assertThat(answers).containsExactly("yes", "completed");
    assertThat(failures).isEmpty();
  }

  @Test
  void passesAStatusOnAsItIs() {
    Replies.answer(
        reply,
        () -> {
          throw Status.UNAVAILABLE.withDescription("no model yet").asRuntimeException();
        });

    assertThat(answers).isEmpty();
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failures.get(0).getDescription()).isEqualTo("no model yet");
  }

  @Test
  void answersABugWithInternalAndNothingOfItsText() {
    Replies.answer(
        reply,
        () -> {
          throw new IllegalStateException("patient 42 has a secret");
        });

    assertThat(failures.get(0).getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failures.get(0).getDescription()).doesNotContain("secret");
    assertThat(failures.get(0).getCause()).isNull();
  }

  @Test
  void computesWhatSomebodyWaitsFor() {
    Context.current().withCancellation().run(this::compute);

    assertThat(computed).hasValue(1);
    assertThat(answers).containsExactly("yes", "completed");
  }

  @Test
  void computesNothingForACallThatWasCancelledWhileItWaited() {
    Context.CancellableContext call = Context.current().withCancellation();
    Runnable waiting = call.wrap(this::compute);

    call.cancel(null);
    waiting.run();

    assertThat(computed).hasValue(0);
    assertThat(failures).extracting(Status::getCode).containsExactly(Status.Code.CANCELLED);
  }

  @Test
  void computesNothingForACallWhoseDeadlineHasPassed() {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      Context.current()
          .withDeadline(Deadline.after(-1, TimeUnit.SECONDS), clock)
          .run(this::compute);

      assertThat(computed).hasValue(0);
      assertThat(failures)
          .extracting(Status::getCode)
          .containsExactly(Status.Code.DEADLINE_EXCEEDED);
    } finally {
      clock.shutdownNow();
    }
  }

  private void compute() {
    Replies.answer(
        reply,
        () -> {
          computed.incrementAndGet();
          return "yes";
        });
  }
}
