package dev.alta.scorer.oip;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Intake;

/** A column of all encounters of a request. */
record ColumnTensor(Column column, TensorType type, Elements elements) {
  private static final String YES = "Yes";
  private static final String NO = "No";

  /** Gives the column of one encounter to its intake; NaN and empty texts are not given. */
  void put(int i, Intake intake) {
    switch (type.kind()) {
      case TRUTH -> intake.text(column, elements.truth(i) ? YES : NO);
      case SIGNED, UNSIGNED -> putWhole(elements.whole(i), intake);
      case DECIMAL -> putDecimal(elements.decimal(i), intake);
      case TEXT -> putText(elements.bytes(i), intake);
    }
  }

  private void putWhole(long value, Intake intake) {
    if (type == TensorType.UINT64 && value < 0) {
      intake.refuse(column, Long.toUnsignedString(value));
    } else if (!type.holds(value)) {
      intake.refuse(column, Long.toString(value), "a number that " + type + " can hold");
    } else {
      intake.whole(column, value);
    }
  }

  private void putDecimal(double value, Intake intake) {
    if (!Double.isNaN(value)) {
      intake.decimal(column, value);
    }
  }

  private void putText(ByteString bytes, Intake intake) {
    if (bytes.isValidUtf8()) {
      intake.text(column, bytes.toStringUtf8());
    } else {
      intake.refuse(column, bytes.size() + " bytes that are no UTF-8");
    }
  }
}
