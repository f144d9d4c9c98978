package dev.alta.app.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of {@code alta}, and all that it says. */
final class AltaProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;
  // Of one thread at a time: who waits, then who reads on, then who has closed it.
  private final StringBuilder said = new StringBuilder();
  private final Thread rest = new Thread(this::readOn);

  private AltaProcess(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static AltaProcess start(ProcessBuilder alta) throws IOException {
    return new AltaProcess(alta.redirectErrorStream(true).start());
  }

  /** Waits for a line, and gives what its groups hold; reads on by itself from then on. */
  List<String> await(String pattern) throws IOException {
    Pattern awaited = Pattern.compile(pattern);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      Matcher matcher = awaited.matcher(line);
      if (matcher.matches()) {
        rest.setDaemon(true);
        rest.start();
        List<String> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
          groups.add(matcher.group(i));
        }
        return groups;
      }
    }
    throw new IOException("ended before it said " + pattern + ":\n" + said);
  }

  private void readOn() {
    lines.lines().forEach(line -> said.append(line).append('\n'));
  }

  /** All of it, once it is closed. */
  String said() {
    return said.toString();
  }

  /** Stops it as Ctrl-C does, and waits until it has said all. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
      rest.join();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
