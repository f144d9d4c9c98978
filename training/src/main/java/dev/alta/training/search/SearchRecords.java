package dev.alta.training.search;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.alta.model.registry.Attachments;
import dev.alta.proto.v1.SearchRecord;

/** Records of searches as they are kept with a version. */
public final class SearchRecords {
  /** Name of the object. */
  public static final String OBJECT = "search.json";

  private SearchRecords() {}

  /** As JSON. */
  public static ByteString write(SearchRecord search) {
    return Attachments.json(search);
  }

  /**
   * Reads what {@link #write} gave.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static SearchRecord read(ByteString json) {
    SearchRecord.Builder search = SearchRecord.newBuilder();
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json.toStringUtf8(), search);
    } catch (InvalidProtocolBufferException malformed) {
      throw new IllegalArgumentException(
          OBJECT + ": not readable (expected: JSON of alta.v1.SearchRecord)", malformed);
    }
    return search.build();
  }
}
