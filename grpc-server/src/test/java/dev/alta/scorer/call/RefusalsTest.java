package dev.alta.scorer.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.Status;
import dev.alta.core.contract.Violation;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RefusalsTest {
  // What a client accepts by default is 8,192 bytes of headers; base64 makes 4 bytes of 3.
  private static final int LARGEST_STATUS = 8_192 * 3 / 4 - 256;

  @Test
  void tellsOneViolationInTheMessageItself() throws Exception {
    StatusRuntimeException error =
        Refusals.error(List.of(new Violation("age", "5", "one of [0-10)")));

    assertThat(error.getStatus().getDescription()).isEqualTo("age: 5 (expected: one of [0-10))");
    assertThat(details(error).getFieldViolationsList()).hasSize(1);
  }

  @Test
  void namesAllFieldsAndStaysSmallEnoughForAnyClient() throws Exception {
    StatusRuntimeException error = Refusals.error(violations(80));

    assertThat(details(error).getFieldViolationsList())
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactlyElementsOf(violations(80).stream().map(Violation::field).toList());
    assertThat(status(error).getSerializedSize()).isLessThan(LARGEST_STATUS);
  }

  @Test
  void namesTheFirstFieldsInTheMessage() {
    assertThat(Refusals.error(violations(2)).getStatus().getDescription())
        .isEqualTo("2 fields are not as expected: some_column_0, some_column_1");
    assertThat(Refusals.error(violations(9)).getStatus().getDescription())
        .endsWith("some_column_7, … (all in the details)");
  }

  @Test
  void saysHowManyFieldsItLeftOut() throws Exception {
    StatusRuntimeException error = Refusals.error(violations(10_000));

    List<BadRequest.FieldViolation> named = details(error).getFieldViolationsList();
    assertThat(named.size()).isBetween(30, 200);
    assertThat(named.get(named.size() - 1).getDescription())
        .startsWith(10_000 - (named.size() - 1) + " more");
    assertThat(status(error).getSerializedSize()).isLessThan(LARGEST_STATUS);
  }

  @Test
  void cutsNothingInABody() {
    assertThat(Refusals.status(violations(80)).getSerializedSize()).isGreaterThan(20_000);
  }

  private static List<Violation> violations(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> new Violation("some_column_" + i, "x".repeat(200), "something else ".repeat(20)))
        .toList();
  }

  private static BadRequest details(StatusRuntimeException error) throws Exception {
    return status(error).getDetails(0).unpack(BadRequest.class);
  }

  private static Status status(StatusRuntimeException error) {
    Status status = StatusProto.fromThrowable(error);
    assertThat(status).isNotNull();
    return status;
  }
}
