package dev.alta.app.workflow;

import dev.alta.database.Holder;
import dev.alta.database.Workflows.Self;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Who this process is to others that look at the database. */
final class ThisProcess {
  private ThisProcess() {}

  static Self self() {
    Optional<String> host = host();
    return new Self(
        System.getProperty("user.name", "unknown"),
        host.orElse("unknown"),
        ProcessHandle.current().pid(),
        holder -> isGone(holder, host));
  }

  /** Of processes of another machine nothing is known. */
  private static boolean isGone(Holder holder, Optional<String> host) {
    return host.filter(holder.host()::equals).isPresent()
        && !ProcessHandle.of(holder.pid()).map(ProcessHandle::isAlive).orElse(false);
  }

  private static Optional<String> host() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException noName) {
      return Optional.empty();
    }
  }
}
