package dev.alta.scorer.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RepliesTest {
  private final List<String> answers = new ArrayList<>();
  private final List<Status> failures = new ArrayList<>();

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
}
