package dev.alta.app.terminal;

import dev.alta.core.progress.Progress;

/** Shows one step while it runs. */
interface StepDisplay extends Progress, AutoCloseable {
  @Override
  void close();
}
