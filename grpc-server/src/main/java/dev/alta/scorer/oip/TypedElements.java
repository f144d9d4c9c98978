package dev.alta.scorer.oip;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.alta.core.contract.Violation;
import dev.alta.proto.inference.InferTensorContents;
import java.util.List;

/** Elements in the field of {@link InferTensorContents} that is meant for their type. */
record TypedElements(TensorType type, InferTensorContents contents) implements Elements {
  /** What is wrong with contents that should be so many elements of a type. */
  static List<Violation> check(
      String tensor, TensorType type, int count, InferTensorContents contents) {
    int found = 0;
    for (FieldDescriptor field : contents.getDescriptorForType().getFields()) {
      int elements = contents.getRepeatedFieldCount(field);
      if (field.getName().equals(type.contents())) {
        found = elements;
      } else if (elements > 0) {
        return List.of(
            new Violation(
                tensor,
                elements + " elements in " + field.getName(),
                type.contents() + " only, as it is of " + type));
      }
    }
    return found == count
        ? List.of()
        : List.of(
            new Violation(
                tensor,
                found + " elements in " + type.contents(),
                count + " elements, as its shape says"));
  }

  @Override
  public boolean truth(int i) {
    return contents.getBoolContents(i);
  }

  @Override
  public long whole(int i) {
    return switch (type) {
      case INT64 -> contents.getInt64Contents(i);
      case UINT64 -> contents.getUint64Contents(i);
      case UINT8, UINT16, UINT32 -> Integer.toUnsignedLong(contents.getUintContents(i));
      default -> contents.getIntContents(i);
    };
  }

  @Override
  public double decimal(int i) {
    return type == TensorType.FP32 ? contents.getFp32Contents(i) : contents.getFp64Contents(i);
  }

  @Override
  public ByteString bytes(int i) {
    return contents.getBytesContents(i);
  }
}
