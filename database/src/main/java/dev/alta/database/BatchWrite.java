package dev.alta.database;

/** What became of the attempt to write a batch of a run. */
public enum BatchWrite {
  WRITTEN,
  /** Another attempt has written it before. */
  THERE,
  /** A newer run has taken the place of this one, which can come to nothing any more. */
  OVERTAKEN
}
