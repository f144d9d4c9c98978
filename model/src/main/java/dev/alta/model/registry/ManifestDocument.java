package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import dev.alta.core.digest.Sha256;
import dev.alta.proto.v1.Manifest;

/** A manifest, where it was read from, and the size and digest of its bytes. */
record ManifestDocument(String object, Manifest manifest, int size, String sha256) {
  static ManifestDocument parse(String object, ByteString bytes) {
    Manifest.Builder manifest = Manifest.newBuilder();
    Documents.read(object, bytes, manifest);
    return new ManifestDocument(
        object, manifest.build(), bytes.size(), Sha256.of(bytes.asReadOnlyByteBuffer()));
  }

  /** The file that lies beside a manifest, as sha256sum reads it. */
  static ByteString digestFile(ByteString manifest) {
    return digestFile(Sha256.of(manifest.asReadOnlyByteBuffer()));
  }

  private static ByteString digestFile(String sha256) {
    return ByteString.copyFromUtf8(sha256 + "  " + ObjectNames.MANIFEST + "\n");
  }

  void verify(String expectedSha256) {
    Documents.verify(object, "sha256 " + sha256, "sha256 " + expectedSha256);
  }

  /** Compares with the file that lies beside it; which of both is damaged cannot be told. */
  void verifyBy(ByteString digestFile) {
    if (!digestFile.equals(digestFile(sha256))) {
      throw new RegistryException.Damaged(
          object,
          "sha256 " + sha256,
          ObjectNames.MANIFEST_DIGEST + " beside it: " + digestFile.toStringUtf8().trim());
    }
  }
}
