package dev.alta.model.registry;

import java.util.List;
import java.util.Optional;

/**
 * What came of reading all objects of a version.
 *
 * @param objects those that it should have, and those that lie beside them
 */
public record Verification(int version, List<CheckedObject> objects) {
  /**
   * An object in the bucket.
   *
   * @param name within the version's folder
   * @param size in bytes, as read; 0 where it could not be
   * @param finding what is wrong with it, with what was expected; empty where nothing is
   */
  public record CheckedObject(String name, long size, Optional<String> finding) {}

  /** Whether every byte is as it was written. */
  public boolean ok() {
    return findings().isEmpty();
  }

  /** What is wrong, each with the object's name. */
  public List<String> findings() {
    return objects.stream().flatMap(object -> object.finding().stream()).toList();
  }
}
