package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;

/**
 * What becomes a version.
 *
 * @param nativeModel the model in the trainer's own format, JSON
 * @param about what its manifest will say besides name, number, time and objects: provenance,
 *     figures, run, signature, baseline
 */
public record Publication(
    Model model, ByteString nativeModel, Manifest about, Attachments attachments) {
  public Publication {
    if (!about.getName().isEmpty()
        || !about.getVersion().isEmpty()
        || !about.getCreatedAt().isEmpty()
        || about.getObjectsCount() > 0) {
      throw new IllegalArgumentException(
          "about: name, version, created_at or objects are given (expected: left to the registry)");
    }
  }

  /** Without attachments. */
  public static Publication of(Model model, ByteString nativeModel, Manifest about) {
    return new Publication(model, nativeModel, about, Attachments.NONE);
  }
}
