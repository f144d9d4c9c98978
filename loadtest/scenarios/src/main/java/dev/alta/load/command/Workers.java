package dev.alta.load.command;

import dev.alta.load.record.Recording;
import dev.alta.load.record.Samples;
import dev.alta.load.rows.Requests;
import dev.alta.load.scenario.Load;
import dev.alta.load.target.Target;
import dev.alta.load.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several workers that ask at once, each for its share of the load. What they recorded is added up,
 * histogram by histogram; percentiles are read off the sum.
 */
record Workers(Tool tool, Target target, Requests requests, Path folder) {
  /** Runs them, and waits for all. */
  List<Recording> run(Load load, int workers) throws IOException, InterruptedException {
    Load share = load.share(workers);
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<Future<Recording>> running = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        Path own = Files.createDirectories(folder.resolve("worker-" + worker));
        running.add(threads.submit(() -> record(share, own)));
      }
      List<Recording> recordings = new ArrayList<>();
      for (Future<Recording> one : running) {
        recordings.add(one.get());
      }
      return recordings;
    } catch (ExecutionException failed) {
      throw new IOException(failed.getMessage(), failed);
    } finally {
      threads.shutdownNow();
    }
  }

  private Recording record(Load share, Path own) throws IOException, InterruptedException {
    Samples samples = tool.run(share, target, requests, own);
    if (samples.all().isEmpty()) {
      throw new IOException(tool.name() + ": no request was sent (expected: some)");
    }
    return Recording.of(samples, share.schedule());
  }
}
