package dev.alta.scorer.call;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * What the objects would weigh that a message's bytes are made into. Two bytes are a message
 * within, which takes hundreds as an object: four megabytes of them would take all memory there is.
 */
final class MessageWeight {
  /** A batch of as many rows as may come has half of it. */
  static final int MOST = 500_000;

  // About as 40 bytes of memory are one.
  private static final int OF_A_MESSAGE = 10;
  private static final int OF_AN_UNKNOWN_FIELD = 5;

  private final CodedInputStream bytes;
  private final boolean wholly;
  private int weight;

  private MessageWeight(byte[] message, boolean wholly) {
    this.bytes = CodedInputStream.newInstance(message);
    this.wholly = wholly;
  }

  /**
   * Whether a message may be read. One that is malformed may: reading it says what is wrong.
   *
   * @param wholly whether to look into the messages within, too
   */
  static boolean isBearable(Descriptor type, byte[] message, boolean wholly) {
    MessageWeight weight = new MessageWeight(message, wholly);
    try {
      weight.add(type);
    } catch (IOException malformed) {
      return true;
    }
    return weight.weight <= MOST;
  }

  private void add(Descriptor type) throws IOException {
    for (int tag = bytes.readTag(); tag != 0 && weight <= MOST; tag = bytes.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean isMessage =
          field != null
              && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (isMessage) {
        weight += OF_A_MESSAGE;
      } else {
        weight += field == null ? OF_AN_UNKNOWN_FIELD : 1;
      }
      if (isMessage && wholly) {
        int outer = bytes.pushLimit(bytes.readRawVarint32());
        add(field.getMessageType());
        bytes.popLimit(outer);
      } else {
        boolean unused = bytes.skipField(tag);
      }
    }
  }
}
