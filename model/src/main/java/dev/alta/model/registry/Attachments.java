package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageOrBuilder;
import java.util.Map;

/**
 * Further objects of a version, such as its card, made when its number is known. Each is written
 * before the manifest and stands in it with its digest.
 */
@FunctionalInterface
public interface Attachments {
  /** No further objects. */
  Attachments NONE = version -> Map.of();

  /**
   * Makes them.
   *
   * @param version the number that the version will have
   * @return by name: lower-case letters, digits, '-' and '.', such as {@code card.html}
   */
  Map<String, ByteString> of(int version);

  /** A message as an attachment: JSON without white space, as such objects may be large. */
  static ByteString json(MessageOrBuilder message) {
    return Documents.writeCompact(message);
  }
}
