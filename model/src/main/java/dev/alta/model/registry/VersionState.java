package dev.alta.model.registry;

import java.util.Locale;

/** What has become of a version. */
public enum VersionState {
  /** Nothing was decided about it, or it was champion once. */
  CANDIDATE,
  /** It answers. */
  CHAMPION,
  /** The latest one that was proposed and did not become champion. */
  CHALLENGER,
  /** It was champion before the one of now. */
  PREVIOUS,
  /** The rule or a person decided against it. */
  REJECTED,
  /** Not listed any more; cannot become champion. */
  ARCHIVED;

  /** The word for people. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
