package dev.alta.loadtest.drill;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.alta.core.digest.Sha256;
import dev.alta.proto.v1.AliasTarget;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The models in a bucket, seen as its files: whatever was killed, what can be seen is whole, and
 * what was seen before is still there.
 */
final class Bucket {
  private static final String MANIFEST = "manifest.json";
  private static final String ENDING = ".json";

  private final Path model;
  // As they were last seen: digests of manifests by version, decisions by number.
  private final Map<Integer, String> versions = new TreeMap<>();
  private final Map<Integer, byte[]> decisions = new TreeMap<>();

  /**
   * Looks at nothing yet.
   *
   * @param objects in which the bucket's objects are files
   */
  Bucket(Path objects) {
    this.model = objects.resolve("models").resolve("readmission");
  }

  /** Looks at all, and says what is not as promised. */
  void check(Drilled drilled) throws IOException {
    drilled.invariant("versions that can be seen and are not whole", lookAtVersions());
    drilled.invariant("decisions changed, taken out or not linked", lookAtDecisions());
    drilled.invariant("champions that are not one whole version", isChampionWhole() ? 0 : 1);
  }

  int versions() {
    return versions.size();
  }

  int decisions() {
    return decisions.size();
  }

  /** The version that is champion; empty where there is none. */
  Optional<String> champion() throws IOException {
    Path file = model.resolve("aliases").resolve("champion");
    return Files.exists(file)
        ? Optional.of(read(file, AliasTarget.newBuilder()).getVersion())
        : Optional.empty();
  }

  /** What of it changes when something new is written: names of versions, decisions, aliases. */
  String trace() throws IOException {
    StringBuilder trace = new StringBuilder();
    for (String folder : List.of("versions", "decisions", "aliases")) {
      if (Files.isDirectory(model.resolve(folder))) {
        try (Stream<Path> files = Files.list(model.resolve(folder))) {
          files.sorted().forEach(file -> trace.append(file.getFileName()).append(' '));
        }
      }
    }
    return trace.toString();
  }

  private int lookAtVersions() throws IOException {
    int broken = 0;
    Map<Integer, String> found = new TreeMap<>();
    for (int version : numbers(model.resolve("versions"), "")) {
      Path folder = model.resolve("versions").resolve(Integer.toString(version));
      if (Files.exists(folder.resolve(MANIFEST))) {
        found.put(version, Sha256.of(Files.readAllBytes(folder.resolve(MANIFEST))));
        broken += isWhole(folder) ? 0 : 1;
      }
    }
    for (Map.Entry<Integer, String> before : versions.entrySet()) {
      broken += before.getValue().equals(found.get(before.getKey())) ? 0 : 1;
    }
    versions.putAll(found);
    return broken;
  }

  private static boolean isWhole(Path folder) throws IOException {
    Manifest.Builder manifest = Manifest.newBuilder();
    try {
      read(folder.resolve(MANIFEST), manifest);
    } catch (InvalidProtocolBufferException cut) {
      return false;
    }
    for (StoredObject object : manifest.getObjectsList()) {
      Path file = folder.resolve(object.getName());
      if (!Files.exists(file) || !Sha256.of(Files.readAllBytes(file)).equals(object.getSha256())) {
        return false;
      }
    }
    return manifest.getObjectsCount() > 0;
  }

  private int lookAtDecisions() throws IOException {
    int broken = 0;
    String before = "";
    int expected = 1;
    List<Integer> numbers = numbers(model.resolve("decisions"), ENDING);
    for (int number : numbers) {
      byte[] bytes = Files.readAllBytes(model.resolve("decisions").resolve(number + ENDING));
      byte[] seen = decisions.put(number, bytes);
      Decision.Builder decision = Decision.newBuilder();
      try {
        read(bytes, decision);
      } catch (InvalidProtocolBufferException cut) {
        broken++;
      }
      boolean isLinked = number == expected && decision.getPreviousSha256().equals(before);
      boolean isSame = seen == null || Arrays.equals(seen, bytes);
      broken += isLinked && isSame ? 0 : 1;
      before = Sha256.of(bytes);
      expected = number + 1;
    }
    return broken + (decisions.size() - numbers.size());
  }

  private boolean isChampionWhole() throws IOException {
    Path file = model.resolve("aliases").resolve("champion");
    if (!Files.exists(file)) {
      return true;
    }
    AliasTarget target;
    try {
      target = read(file, AliasTarget.newBuilder()).build();
    } catch (InvalidProtocolBufferException cut) {
      return false;
    }
    Path folder = model.resolve("versions").resolve(target.getVersion());
    return Files.exists(folder.resolve(MANIFEST))
        && Sha256.of(Files.readAllBytes(folder.resolve(MANIFEST)))
            .equals(target.getManifestSha256())
        && isWhole(folder);
  }

  /** The numbers that files or folders are named by, from the lowest on. */
  private static List<Integer> numbers(Path folder, String ending) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .map(file -> String.valueOf(file.getFileName()))
            .filter(name -> name.matches("\\d{1,9}" + ending.replace(".", "\\.")))
            .map(name -> name.substring(0, name.length() - ending.length()))
            .map(Integer::valueOf)
            .sorted()
            .forEach(numbers::add);
      }
    }
    return numbers;
  }

  private static <B extends Message.Builder> B read(Path file, B into) throws IOException {
    return read(Files.readAllBytes(file), into);
  }

  private static <B extends Message.Builder> B read(byte[] bytes, B into)
      throws InvalidProtocolBufferException {
    JsonFormat.parser().merge(new String(bytes, StandardCharsets.UTF_8), into);
    return into;
  }
}
