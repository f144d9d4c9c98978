package dev.alta.app.model;

/** Which sources this program was built from, for the provenance of models. */
public final class CodeVersion {
  private CodeVersion() {}

  /** What git said when the start script built it; without git, the version of the build. */
  public static String get() {
    String described = System.getProperty("alta.code.version", "");
    if (!described.isEmpty()) {
      return described;
    }
    String built = CodeVersion.class.getPackage().getImplementationVersion();
    return built == null ? "unknown" : built;
  }
}
