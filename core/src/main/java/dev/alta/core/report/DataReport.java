package dev.alta.core.report;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.report.Charts.Bar;
import dev.alta.core.report.Charts.Series;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.SideRows;
import dev.alta.proto.v1.SplitCertificate;
import dev.alta.proto.v1.StratumCertificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an analyst wants to see of a data set before learning from it: classes by side, what was
 * excluded, what is missing, how batches differ, how exact the split is, and every column. Sums
 * only: no row and no patient.
 */
public final class DataReport {
  private final Contract contract;
  private final DataProfile profile;
  private final SplitCertificate certificate;
  private final Page page;

  private DataReport(Contract contract, DataProfile profile, SplitCertificate certificate) {
    this.contract = contract;
    this.profile = profile;
    this.certificate = certificate;
    this.page = new Page("Data report: generation " + certificate.getGeneration());
  }

  /** The report of a generation as one HTML page. */
  public static String html(Contract contract, DataProfile profile, SplitCertificate certificate) {
    return new DataReport(contract, profile, certificate).html();
  }

  private String html() {
    facts();
    classes();
    excluded();
    missing();
    new BatchPictures(contract, profile).addTo(page);
    split();
    new ColumnCards(contract, profile).addTo(page);
    return page.toString();
  }

  private void facts() {
    long patients = certificate.getSidesList().stream().mapToLong(SideRows::getPatients).sum();
    page.say("Cleaned encounters (" + certificate.getContract() + "), as they were published.");
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("rows read", Html.count(certificate.getRowsRead()));
    facts.put("rows kept", Html.count(certificate.getRowsKept()));
    facts.put("patients", Html.count(patients));
    facts.put("columns", Html.count(contract.size()));
    facts.put("batches", Html.count(batches()));
    facts.put("seed of the split", Long.toString(certificate.getSeed()));
    facts.put("published (UTC)", certificate.getPublishedAt().replaceAll("T(.{5}).*", " $1"));
    page.facts(facts);
  }

  private long batches() {
    return profile.getBatchesList().stream()
        .mapToLong(batch -> batch.getLastBatch() - batch.getFirstBatch() + 1)
        .sum();
  }

  private void classes() {
    List<String> classes = contract.target().values().stream().map(Column.Value::label).toList();
    page.section(
        "Classes",
        contract.target().label()
            + ", the target, on the three sides of the split. The shares should be alike.");
    List<Series> rows = new ArrayList<>();
    StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><tr><th>rows</th>");
    classes.forEach(name -> table.append("<th>").append(Html.text(name)).append("</th>"));
    table.append("<th>all</th><th>patients</th></tr>");
    for (SideRows side : certificate.getSidesList()) {
      List<Integer> counts =
          contract.classes().stream().map(c -> side.getRowsOrDefault(c, 0)).toList();
      long all = counts.stream().mapToLong(n -> n).sum();
      rows.add(
          new Series(
              side.getSide(),
              "",
              counts.stream().map(n -> all == 0 ? 0 : (double) n / all).toList()));
      table.append("<tr><td>").append(side.getSide()).append("</td>");
      counts.forEach(n -> table.append("<td>").append(Html.count(n)).append("</td>"));
      table.append("<td>").append(Html.count(all)).append("</td><td>");
      table.append(Html.count(side.getPatients())).append("</td></tr>");
    }
    page.open()
        .card(
            "Shares of the classes",
            "",
            Page.key(classes) + Charts.stacked("Shares of the classes by side", rows, classes))
        .card("Rows and patients", "", table.append("</table></div>").toString())
        .close();
  }

  private void excluded() {
    Map<String, Integer> reasons = certificate.getRowsExcludedMap();
    long rows = reasons.values().stream().mapToLong(n -> n).sum();
    page.section(
        "Excluded",
        rows == 0
            ? "Every row is a case for the prediction."
            : Html.count(rows) + " rows are no cases for the prediction.");
    if (rows > 0) {
      page.open()
          .card(
              "Reasons",
              "Share of all rows read",
              Charts.bars(
                  "Excluded rows by reason",
                  reasons.entrySet().stream()
                      .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                      .map(reason -> share(reason.getKey(), reason.getValue(), rowsRead()))
                      .toList()))
          .close();
    }
  }

  private long rowsRead() {
    return certificate.getRowsRead();
  }

  private void missing() {
    List<Bar> bars =
        contract.columns().stream()
            .filter(column -> column.index() < profile.getColumnsCount())
            .map(
                column ->
                    share(
                        column.label(),
                        profile.getColumns(column.index()).getMissing(),
                        profile.getRows()))
            .filter(bar -> bar.value() > 0)
            .sorted(Comparator.comparingDouble(Bar::value).reversed())
            .toList();
    page.section(
        "Missing",
        bars.isEmpty()
            ? "Every column is recorded in every row."
            : "Columns that are not recorded in some rows. All others are complete.");
    if (!bars.isEmpty()) {
      page.open()
          .card("Share of rows without a value", "", Charts.bars("Missing by column", bars))
          .close();
    }
  }

  private static Bar share(String name, long rows, long all) {
    double share = all == 0 ? 0 : (double) rows / all;
    return new Bar(name, share, Html.share(share));
  }

  private void split() {
    double largest = 0;
    int outside = 0;
    for (StratumCertificate stratum : certificate.getStrataList()) {
      double most = SplitPicture.largest(stratum);
      largest = Math.max(largest, most);
      outside += most >= 1 ? 1 : 0;
    }
    page.section(
        "Split",
        "Patients with the same number of encounters of each class make a stratum, of which 60, 20"
            + " and 20 of 100 go to train, validation and test. A patient who has a side keeps it.");
    String words =
        certificate.getStrataCount()
            + " strata; the largest deviation is "
            + Html.number(largest)
            + " patients"
            + (outside == 0
                ? "."
                : "; "
                    + outside
                    + " strata are one patient or more away, as patients of earlier generations came"
                    + " into them and nobody is moved.");
    page.open()
        .card(
            "Patients beyond the share of each side",
            words,
            Page.key(List.of("train", "validation", "test"))
                + SplitPicture.of(certificate.getStrataList()))
        .close();
  }
}
