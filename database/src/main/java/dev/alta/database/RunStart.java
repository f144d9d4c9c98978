package dev.alta.database;

import java.util.OptionalLong;

/**
 * A run of a pipeline that begins.
 *
 * @param kind ingest, prepare, score
 * @param subject what it reads or makes
 * @param who started it
 * @param workflow that asked for it; empty where a person did
 */
public record RunStart(String kind, String subject, String who, OptionalLong workflow) {
  /** One that a person has started. */
  public static RunStart of(String kind, String subject, String who) {
    return new RunStart(kind, subject, who, OptionalLong.empty());
  }
}
