package dev.alta.scorer.oip;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Violation;
import dev.alta.proto.inference.ModelInferRequest;
import dev.alta.proto.inference.ModelInferRequest.InferInputTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the input tensors of one request, and collects whatever is wrong with them as tensors. */
final class InputReader {
  static final int MOST_ROWS = 4_096;
  // Of the columns that a contract may have; whoever sends more sends nonsense.
  private static final int MOST_INPUTS = 1_000;
  private static final int MOST_DIMENSIONS = 8;
  private static final String SHARED_MEMORY = "shared_memory_region";

  private final Contract contract;
  private final ModelInferRequest request;
  private final List<Violation> violations;
  private final List<ColumnTensor> tensors = new ArrayList<>();
  private final Set<String> given = new HashSet<>();
  private int rows;

  /**
   * Takes a request.
   *
   * @param violations what is wrong is added here, by the tensor's name
   */
  InputReader(Contract contract, ModelInferRequest request, List<Violation> violations) {
    this.contract = contract;
    this.request = request;
    this.violations = violations;
  }

  /** The columns that can be read; how many rows they have, {@link TensorRows} knows. */
  TensorRows read() {
    boolean raw = request.getRawInputContentsCount() > 0;
    boolean paired = !raw || request.getRawInputContentsCount() == request.getInputsCount();
    if (!paired) {
      violations.add(
          new Violation(
              "raw_input_contents",
              request.getRawInputContentsCount() + " of them",
              "one for each of " + request.getInputsCount() + " inputs, or none"));
    }
    if (request.getInputsCount() > MOST_INPUTS) {
      violations.add(
          new Violation(
              "inputs", request.getInputsCount() + " of them", "one for each column, at most"));
    }
    for (int i = 0; i < Math.min(request.getInputsCount(), MOST_INPUTS); i++) {
      InferInputTensor input = request.getInputs(i);
      Optional<ByteString> bytes =
          raw && paired ? Optional.of(request.getRawInputContents(i)) : Optional.empty();
      column(input).ifPresent(column -> read(column, input, bytes, paired));
    }
    requireColumns();
    if (rows == 0 && violations.isEmpty()) {
      violations.add(new Violation("inputs", "none", "at least one tensor"));
    }
    return new TensorRows(contract, rows, tensors);
  }

  private Optional<Column> column(InferInputTensor input) {
    Optional<Column> column = contract.find(input.getName());
    if (column.isEmpty()) {
      violations.add(unknown(input.getName()));
    } else if (!given.add(column.get().name())) {
      violations.add(new Violation(input.getName(), "given twice", "one tensor for a column"));
      return Optional.empty();
    }
    return column;
  }

  /** In the words of every other door. */
  private Violation unknown(String name) {
    Intake intake = new Intake(contract, Door.SCORE);
    intake.unknown(name, "a tensor");
    List<Violation> all = ((Checked.Rejected) intake.finish()).violations();
    // Behind those of the columns, none of which was given.
    return all.get(all.size() - 1);
  }

  private void read(
      Column column, InferInputTensor input, Optional<ByteString> raw, boolean paired) {
    int before = violations.size();
    Optional<TensorType> type = type(column, input);
    int count = count(input);
    if (input.containsParameters(SHARED_MEMORY)) {
      refuse(input, "parameter " + SHARED_MEMORY, "its elements in the request");
    } else if (raw.isPresent() && input.hasContents()) {
      refuse(input, "contents", "none, as raw_input_contents are given");
    }
    if (violations.size() == before && type.isPresent() && paired) {
      elements(input, type.get(), count, raw)
          .ifPresent(found -> tensors.add(new ColumnTensor(column, type.get(), found)));
    }
  }

  private Optional<TensorType> type(Column column, InferInputTensor input) {
    Set<TensorType> accepted = TensorType.of(column);
    Optional<TensorType> type = TensorType.of(input.getDatatype()).filter(accepted::contains);
    if (type.isEmpty()) {
      refuse(
          input,
          "datatype " + input.getDatatype(),
          "datatype " + (accepted.size() == 1 ? "" : "one of ") + TensorType.words(accepted));
    }
    return type;
  }

  /** The number of rows, which the first tensor with a shape decides. */
  private int count(InferInputTensor input) {
    List<Long> shape = input.getShapeList();
    boolean isColumn = shape.size() == 1 || (shape.size() == 2 && shape.get(1) == 1);
    if (!isColumn || shape.get(0) < 1 || shape.get(0) > MOST_ROWS) {
      String found =
          shape.size() <= MOST_DIMENSIONS ? shape.toString() : "of " + shape.size() + " dimensions";
      refuse(input, "shape " + found, "shape [n] or [n, 1], n from 1 to " + MOST_ROWS);
      return 0;
    }
    int count = shape.get(0).intValue();
    if (rows == 0) {
      rows = count;
    } else if (rows != count) {
      refuse(
          input,
          "shape " + shape,
          "shape [" + rows + "] or [" + rows + ", 1], as the first tensor has");
    }
    return count;
  }

  private Optional<Elements> elements(
      InferInputTensor input, TensorType type, int count, Optional<ByteString> raw) {
    List<Violation> wrong;
    Elements elements;
    if (raw.isPresent()) {
      RawElements.Read read = RawElements.read(input.getName(), type, count, raw.get());
      wrong = read.violations();
      elements = read.elements();
    } else {
      wrong = TypedElements.check(input.getName(), type, count, input.getContents());
      elements = new TypedElements(type, input.getContents());
    }
    violations.addAll(wrong);
    return wrong.isEmpty() ? Optional.of(elements) : Optional.empty();
  }

  private void requireColumns() {
    for (Column column : contract.columns()) {
      if (column.requiredAt(Door.SCORE) && !given.contains(column.name())) {
        violations.add(new Violation(column.name(), "", "a tensor: " + column.expectation()));
      }
    }
  }

  private void refuse(InferInputTensor input, String value, String expected) {
    violations.add(new Violation(input.getName(), value, expected));
  }
}
