package dev.alta.load.tool;

import dev.alta.load.record.Samples;
import dev.alta.load.rows.Requests;
import dev.alta.load.scenario.Load;
import dev.alta.load.target.Target;
import java.io.IOException;
import java.nio.file.Path;

/** Sends a load and notes what becomes of each request. */
public interface Tool {
  /** As it is written on the command line. */
  String name();

  /** Its name and version, and what to know of its figures. */
  String words();

  /**
   * Why it cannot send this load, or nothing.
   *
   * @return empty: it can
   */
  String refuses(Load load);

  /**
   * Sends it, and waits for all answers.
   *
   * @param folder of its own, for its files
   */
  Samples run(Load load, Target target, Requests requests, Path folder)
      throws IOException, InterruptedException;
}
