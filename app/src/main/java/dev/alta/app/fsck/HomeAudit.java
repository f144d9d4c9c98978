package dev.alta.app.fsck;

import dev.alta.core.audit.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at the files of a home that nobody but its owner may read. */
final class HomeAudit {
  private static final List<String> SECRETS =
      List.of("postgres/password", "objects-access-key", "objects-secret-key", "running");
  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private HomeAudit() {}

  static List<Finding> of(Path home) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (String name : SECRETS) {
      Path file = home.resolve(name);
      if (Files.exists(file) && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        findings.add(
            new Finding(
                file + ": others can read it (expected: its owner alone)",
                "chmod 600 " + file + "; who may have read it could use it"));
      }
    }
    return findings;
  }
}
