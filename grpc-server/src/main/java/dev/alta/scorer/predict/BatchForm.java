package dev.alta.scorer.predict;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import com.google.rpc.Status;
import dev.alta.proto.v1.BatchItem;
import dev.alta.proto.v1.PredictBatchResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Collects the answers to a batch, and writes the bytes of its {@code PredictBatchResponse}. */
final class BatchForm {
  /** A row's answer: {@code PredictResponse} or {@code Status}, by its field in the item. */
  private record Item(int field, ByteString message) {
    int size() {
      return CodedOutputStream.computeBytesSize(field, message);
    }
  }

  private final List<Item> items = new ArrayList<>();

  void prediction(ByteString message) {
    items.add(new Item(BatchItem.PREDICTION_FIELD_NUMBER, message));
  }

  void error(Status status) {
    items.add(new Item(BatchItem.ERROR_FIELD_NUMBER, status.toByteString()));
  }

  ByteString write(String alias, String version, String id) {
    PredictBatchResponse rest =
        PredictBatchResponse.newBuilder()
            .setModelAlias(alias)
            .setModelVersion(version)
            .setRequestId(id)
            .build();
    int size = rest.getSerializedSize();
    for (Item item : items) {
      size +=
          CodedOutputStream.computeTagSize(PredictBatchResponse.ITEMS_FIELD_NUMBER)
              + CodedOutputStream.computeUInt32SizeNoTag(item.size())
              + item.size();
    }
    byte[] bytes = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (Item item : items) {
        out.writeTag(PredictBatchResponse.ITEMS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(item.size());
        out.writeBytes(item.field(), item.message());
      }
      rest.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory cannot fail", impossible);
    }
    return UnsafeByteOperations.unsafeWrap(bytes);
  }
}
