package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.core.contract.Contract;
import dev.alta.core.report.DataReport;
import dev.alta.pipelines.prepare.PublishedProfile;
import dev.alta.proto.v1.Encounter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta report data}. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes what an analyst wants to see of clean_data into one HTML file with pictures: classes"
          + " by side, exclusions, missing values, drift between batches, exactness of the split,"
          + " every column. Sums only, no row and no patient."
    },
    footer = {"", "Example: alta report data --out data.html"})
final class ReportDataCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      defaultValue = "data-report.html",
      description = "Where to (${DEFAULT-VALUE}).")
  private Path out;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    return new Session(spec, where, false)
        .onDatabase(
            CONTRACT,
            (database, reached, parts, terminal) -> {
              PublishedProfile published = PublishedProfile.read(database);
              Files.writeString(
                  out, DataReport.html(CONTRACT, published.profile(), published.certificate()));
              terminal.line(
                  "Generation "
                      + published.certificate().getGeneration()
                      + " of clean_data: "
                      + out.toAbsolutePath());
              return 0;
            });
  }
}
