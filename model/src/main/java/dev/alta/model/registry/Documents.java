package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;

/** Messages as JSON objects in the store, and checks on what comes back. */
final class Documents {
  /** Largest document, in bytes. */
  static final long LARGEST = 1L << 20;

  private Documents() {}

  static ByteString write(MessageOrBuilder message) {
    return print(JsonFormat.printer().preservingProtoFieldNames(), message);
  }

  static ByteString writeCompact(MessageOrBuilder message) {
    return print(
        JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace(),
        message);
  }

  private static ByteString print(JsonFormat.Printer printer, MessageOrBuilder message) {
    try {
      return ByteString.copyFromUtf8(printer.print(message) + "\n");
    } catch (InvalidProtocolBufferException impossible) {
      // Only a google.protobuf.Any of an unknown type cannot be printed.
      throw new IllegalStateException(impossible);
    }
  }

  /** Reads a document; fields that a later version of the product added are left aside. */
  static void read(String object, ByteString bytes, Message.Builder into) {
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(bytes.toStringUtf8(), into);
    } catch (InvalidProtocolBufferException malformed) {
      throw new RegistryException.Damaged(
          object, "not readable", "JSON of " + into.getDescriptorForType().getFullName());
    }
  }

  static void verify(String object, String found, String expected) {
    if (!found.equals(expected)) {
      throw new RegistryException.Damaged(object, found, expected);
    }
  }
}
