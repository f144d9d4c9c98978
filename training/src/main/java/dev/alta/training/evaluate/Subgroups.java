package dev.alta.training.evaluate;

import dev.alta.proto.v1.Subgroup;
import dev.alta.training.dataset.Grouping;
import dev.alta.training.dataset.RowFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The rows with each value of the columns that the contract marks, each by themselves. */
final class Subgroups {
  private record Group(String column, String value, long rows, long patients, Measured measured) {}

  private final List<Group> groups = new ArrayList<>();
  private final RowFacts facts;

  Subgroups(Scores scores, Orders orders, RowFacts facts, List<String> classes, int samples) {
    this.facts = facts;
    for (Grouping grouping : facts.groupings()) {
      for (int i = 0; i <= grouping.values().size(); i++) {
        // What is not recorded comes last.
        boolean recorded = i < grouping.values().size();
        int value = recorded ? i : -1;
        IntPredicate member = row -> grouping.ofRows().at(row) == value;
        long rows = rows(member).count();
        if (rows > 0) {
          groups.add(
              new Group(
                  grouping.column(),
                  recorded ? grouping.values().get(i) : "",
                  rows,
                  rows(member).mapToLong(facts::patient).distinct().count(),
                  new Measured(
                      FigureSet.subgroup(scores, orders, classes, member), facts.rows(), samples)));
        }
      }
    }
  }

  void add(int sample, int[] weightOfRow) {
    groups.forEach(group -> group.measured().add(sample, weightOfRow));
  }

  List<Subgroup> messages() {
    return groups.stream()
        .map(
            group ->
                Subgroup.newBuilder()
                    .setColumn(group.column())
                    .setValue(group.value())
                    .setRows(group.rows())
                    .setPatients(group.patients())
                    .putAllFigures(group.measured().figures())
                    .putAllIntervals(group.measured().intervals())
                    .build())
        .toList();
  }

  private IntStream rows(IntPredicate member) {
    return IntStream.range(0, facts.rows()).filter(member);
  }
}
