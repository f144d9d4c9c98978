package dev.alta.app.terminal;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The first Ctrl-C asks a search to go on with the best so far; after it, Ctrl-C ends the program
 * as usual.
 */
public final class SearchStop implements AutoCloseable {
  private static final String CTRL_C = "INT";

  private final AtomicBoolean asked = new AtomicBoolean();
  // What the signal did before, as the library hands it out; null where signals cannot be caught.
  private final @Nullable Object before;

  private SearchStop(Terminal terminal) {
    this.before = Signals.register(CTRL_C, () -> ask(terminal));
  }

  /** From now on; until it is closed. */
  public static SearchStop onFirstCtrlC(Terminal terminal) {
    return new SearchStop(terminal);
  }

  public boolean isAskedFor() {
    return asked.get();
  }

  private void ask(Terminal terminal) {
    if (asked.compareAndSet(false, true)) {
      terminal.line("Ending the search, going on with the best so far. Ctrl-C again gives up.");
      close();
    }
  }

  @Override
  public void close() {
    if (before != null) {
      Signals.unregister(CTRL_C, before);
    }
  }
}
