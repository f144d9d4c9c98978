package dev.alta.app.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command of {@code alta} ended with and has said.
 *
 * @param code 0 where it did what it was asked for
 */
public record Said(int code, String out, String err) {
  /** Runs a command in this process, without settings of the environment. */
  public static Said by(Path folder, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new Alta(Map.of(), folder, new PrintWriter(out), new PrintWriter(err)).run(arguments);
    return new Said(code, out.toString(), err.toString());
  }
}
