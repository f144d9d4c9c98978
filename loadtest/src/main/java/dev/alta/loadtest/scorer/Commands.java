package dev.alta.loadtest.scorer;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The server's end of what {@link Child} asks. */
final class Commands {
  static final String PORT = "listens on ";
  static final String ALLOCATED = "allocated";

  private Commands() {}

  /** Says the port, and answers until nobody asks any more. */
  static void serve(int port) throws IOException {
    System.out.println(PORT + port);
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (asked.readLine() != null) {
      System.out.println(ALLOCATED + " " + allocated());
    }
  }

  /** Bytes that the threads of this process have allocated, those that have ended left out. */
  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }
}
