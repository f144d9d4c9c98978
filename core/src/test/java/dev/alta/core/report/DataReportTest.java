package dev.alta.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Contract;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.core.profile.BatchTally;
import dev.alta.core.profile.DataTally;
import dev.alta.core.profile.ProfileBuilder;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Deviations;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PatientsBySide;
import dev.alta.proto.v1.SideRows;
import dev.alta.proto.v1.SplitCertificate;
import dev.alta.proto.v1.StratumCertificate;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class DataReportTest {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  private final String html = DataReport.html(CONTRACT, profile(), certificate());

  @Test
  void fetchesNothing() {
    assertThat(html).doesNotContain("http:", "https:", "url(", "<script", "<link", "<img", "src=");
  }

  @Test
  void speaksInTheContractsLabels() {
    assertThat(html)
        .contains("Time in hospital", "Discharged to home", "Columns: ", "African American")
        .contains("died or in hospice care", "Drift over batches");
  }

  @Test
  void isWellFormedUpToWhatHtmlAllows() throws Exception {
    // Void elements apart, it is XML: every tag is closed, every text is escaped.
    String xml = html.replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getElementsByTagName("svg")
                .getLength())
        .isGreaterThan(45);
  }

  @Test
  void escapesWhatIsNoMarkup() {
    assertThat(Html.text("<30 & \"a\" > b")).isEqualTo("&lt;30 &amp; &quot;a&quot; &gt; b");
  }

  @Test
  void namesTheLargestDeviation() {
    assertThat(html).contains("the largest deviation is 1.20 patients", "1 strata are one patient");
  }

  private static DataProfile profile() {
    DataTally tally = new DataTally();
    EncounterGenerator generator = new EncounterGenerator(CONTRACT, Effects.of(CONTRACT), 1);
    for (int number = 1; number <= 3; number++) {
      BatchTally batch = new BatchTally(CONTRACT, number);
      for (int i = 0; i < 500; i++) {
        batch.add(generator.next());
      }
      tally.add(batch);
    }
    return ProfileBuilder.build(CONTRACT, 3, tally);
  }

  private static SplitCertificate certificate() {
    return SplitCertificate.newBuilder()
        .setContract(CONTRACT.name())
        .setGeneration(3)
        .setPublishedAt("2026-11-21T16:00:00.123Z")
        .setRowsRead(1_530)
        .setRowsKept(1_500)
        .putRowsExcluded("died or in hospice care", 30)
        .addSides(SideRows.newBuilder().setSide("train").setPatients(7).putRows("NO", 900))
        .addSides(SideRows.newBuilder().setSide("validation").putRows("<30", 300))
        .addSides(SideRows.newBuilder().setSide("test").putRows(">30", 300))
        .addStrata(
            StratumCertificate.newBuilder()
                .setEncounters("1,0,0")
                .setFresh(PatientsBySide.newBuilder().setTrain(7))
                .setDeviation(Deviations.newBuilder().setTrain(1.2).setTest(-0.6)))
        .build();
  }
}
