package dev.alta.app.command;

import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.pipelines.source.RowForm;
import dev.alta.pipelines.source.SourceServer;
import dev.alta.pipelines.source.SourceSettings;
import dev.alta.proto.v1.Encounter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta source}. */
@Command(
    name = "source",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Serves a CSV file as an incremental HTTP source, on this machine only:",
      "GET /data?group_number=G&day=D[&rows=lists|objects] answers",
      "{\"group_number\":G,\"day\":D,\"batch_number\":N,\"columns\":[…],\"data\":[[…],…]};",
      "beyond the last day 404 with \"code\":\"NO_SUCH_DAY\". Stop with Ctrl-C."
    },
    footer = {
      "",
      "Example: alta source --data encounters.csv.gz --port 8090",
      "then:    alta up --data 'http://127.0.0.1:8090/data?group_number=1'"
    })
final class SourceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description = "Encounters as CSV or CSV.gz.")
  private Path data;

  @Option(
      names = "--port",
      defaultValue = "8090",
      description = "Where to listen (${DEFAULT-VALUE}); 0 for any free one.")
  private int port;

  @Option(
      names = "--rows-per-batch",
      defaultValue = "15000",
      paramLabel = "N",
      description = "Rows of a day (${DEFAULT-VALUE}).")
  private int rowsPerBatch;

  @Option(
      names = "--groups",
      defaultValue = "1",
      paramLabel = "N",
      description = "To how many groups the batches are dealt out in turn (${DEFAULT-VALUE}).")
  private int groups;

  @Option(
      names = "--row-form",
      defaultValue = "lists",
      paramLabel = "FORM",
      description = "Rows as lists or objects where a request does not say (${DEFAULT-VALUE}).")
  private RowForm rowForm;

  @Override
  public Integer call() throws InterruptedException {
    SourceSettings settings = Alta.settings(spec, this::settings);
    CountDownLatch stopped = new CountDownLatch(1);
    try (SourceServer server =
        SourceServer.start(settings, Contract.of(Encounter.getDescriptor()))) {
      Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
      spec.commandLine().getOut().println("Serving " + data + ": " + server.words());
      stopped.await();
    }
    return 0;
  }

  private SourceSettings settings() {
    return new SourceSettings(data, Listen.onLoopback(port), rowsPerBatch, groups, rowForm);
  }
}
