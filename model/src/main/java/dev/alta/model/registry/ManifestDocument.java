package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import dev.alta.core.digest.Sha256;
import dev.alta.proto.v1.Manifest;

/** A manifest, where it was read from, and the digest of its bytes. */
record ManifestDocument(String object, Manifest manifest, String sha256) {
  static ManifestDocument parse(String object, ByteString bytes) {
    Manifest.Builder manifest = Manifest.newBuilder();
    Documents.read(object, bytes, manifest);
    return new ManifestDocument(object, manifest.build(), Sha256.of(bytes.asReadOnlyByteBuffer()));
  }

  void verify(String expectedSha256) {
    Documents.verify(object, "sha256 " + sha256, "sha256 " + expectedSha256);
  }
}
