package dev.alta.scorer.models;

import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoredModel;
import dev.alta.proto.v1.GetModelFileResponse;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.StoredObject;
import io.grpc.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a version says of itself, and the files kept with it. A version never changes: what was read
 * and checked once is kept, as far as there is room. Used by one thread.
 */
final class VersionDetails {
  private static final int LARGEST_FILE = 2 << 20;
  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_DESCRIBED = 64;

  private final Map<Integer, GetModelResponse> described = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, GetModelFileResponse> files = new LinkedHashMap<>(16, 0.75f, true);
  private int bytes;

  /**
   * Describes a version.
   *
   * @param request says by which name it was asked for
   */
  GetModelResponse describe(Registry registry, int version, GetModelRequest request) {
    GetModelResponse known = described.get(version);
    if (known == null) {
      known = described(registry.load(version));
      described.put(version, known);
      dropFirst(described, described.size() > MOST_DESCRIBED);
    }
    return request.getModel().equals(known.getManifest().getVersion())
        ? known
        : known.toBuilder().setAlias(request.getModel()).build();
  }

  private static GetModelResponse described(StoredModel stored) {
    return GetModelResponse.newBuilder()
        .setManifest(stored.manifest())
        .addAllClasses(stored.model().getClassesList())
        .setFeatures(stored.model().getEncoder().getFeaturesCount())
        .setTrees(stored.model().getForest().getTreeRootCount())
        .build();
  }

  /**
   * A file.
   *
   * @throws io.grpc.StatusRuntimeException NOT_FOUND if the version has none of that name,
   *     FAILED_PRECONDITION if it is too large for a message
   */
  GetModelFileResponse file(Registry registry, int version, String name) {
    String key = version + "/" + name;
    GetModelFileResponse known = files.get(key);
    if (known == null) {
      known = read(registry, version, name);
      files.put(key, known);
      bytes += known.getContent().size();
      while (bytes > MOST_BYTES) {
        bytes -= files.values().iterator().next().getContent().size();
        dropFirst(files, true);
      }
    }
    return known;
  }

  private static GetModelFileResponse read(Registry registry, int version, String name) {
    List<StoredObject> listed = registry.attachments(version);
    StoredObject file =
        listed.stream()
            .filter(object -> object.getName().equals(name))
            .findFirst()
            .orElseThrow(
                () -> problem(Status.NOT_FOUND, version, name, "not there", oneOf(listed)));
    if (file.getSize() > LARGEST_FILE) {
      throw problem(
          Status.FAILED_PRECONDITION,
          version,
          name,
          file.getSize() + " bytes",
          "at most " + LARGEST_FILE + "; larger ones are read from the bucket");
    }
    return GetModelFileResponse.newBuilder()
        .setModelVersion(Integer.toString(version))
        .setName(name)
        .setContent(registry.attachment(version, name).orElseThrow())
        .setSha256(file.getSha256())
        .build();
  }

  private static String oneOf(List<StoredObject> listed) {
    return listed.isEmpty()
        ? "no file: it has none"
        : listed.stream().map(StoredObject::getName).collect(Collectors.joining(", "));
  }

  private static RuntimeException problem(
      Status status, int version, String name, String found, String expected) {
    return status
        .withDescription(
            "file "
                + name
                + " of version "
                + version
                + ": "
                + found
                + " (expected: "
                + expected
                + ")")
        .asRuntimeException();
  }

  /** The one that was not asked for longest. */
  private static <K, V> void dropFirst(Map<K, V> kept, boolean drop) {
    if (drop) {
      kept.remove(kept.keySet().iterator().next());
    }
  }
}
