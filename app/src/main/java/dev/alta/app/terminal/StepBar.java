package dev.alta.app.terminal;

import java.io.PrintWriter;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is drawn over itself and wiped when the step is done. */
final class StepBar implements StepDisplay {
  private static final int WIDTH = 100;

  private final PrintWriter out;
  private final ProgressBar bar;

  StepBar(PrintWriter out, String name) {
    this.out = out;
    // -1: how much there is to do is not known yet.
    this.bar =
        new ProgressBarBuilder()
            .setTaskName("  " + name)
            .setInitialMax(-1)
            .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
            .setUpdateIntervalMillis(200)
            // Also while nothing is counted: the time that goes by shows that it is alive.
            .continuousUpdate()
            .setConsumer(new DelegatingProgressBarConsumer(draw(out), WIDTH))
            .build();
  }

  private static Consumer<String> draw(PrintWriter out) {
    return text -> {
      out.print("\r" + text + "\u001B[K");
      out.flush();
    };
  }

  @Override
  public synchronized void at(String unit, long done, long total) {
    if (total > 0) {
      bar.maxHint(total);
    }
    bar.stepTo(done);
    bar.setExtraMessage(unit);
  }

  @Override
  public void close() {
    bar.close();
    out.print("\r\u001B[K");
    out.flush();
  }
}
