package dev.alta.gateway.call;

import dev.alta.gateway.json.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a call says of itself. Immutable; the methods give another one with something added.
 *
 * @param id unique, lowerCamelCase: the name of the method in clients made from the description
 * @param group under which it is shown
 * @param summary in one line
 * @param body what it reads; empty: nothing
 * @param results what it answers where all is well
 * @param faults the statuses that it may answer with a problem
 */
public record Operation(
    String id,
    String group,
    String summary,
    List<Parameter> parameters,
    Optional<RequestBody> body,
    List<Result> results,
    SortedSet<Integer> faults) {

  public Operation {
    parameters = List.copyOf(parameters);
    results = List.copyOf(results);
  }

  /** One that reads nothing and answers nothing yet. */
  public static Operation of(String id, String group, String summary) {
    return new Operation(
        id, group, summary, List.of(), Optional.empty(), List.of(), statuses(List.of(406, 500)));
  }

  public Operation with(Parameter parameter) {
    List<Parameter> more = new ArrayList<>(parameters);
    more.add(parameter);
    return new Operation(id, group, summary, more, body, results, faults).mayFail(400);
  }

  public Operation reads(RequestBody read) {
    return new Operation(id, group, summary, parameters, Optional.of(read), results, faults)
        .mayFail(400, 408, 413, 415);
  }

  /** Answers 200 with JSON. */
  public Operation answers(String description, Schema schema) {
    return answers(Result.json(description, schema));
  }

  public Operation answers(Result result) {
    List<Result> more = new ArrayList<>(results);
    more.add(result);
    return new Operation(id, group, summary, parameters, body, more, faults);
  }

  /** Adds what may come of asking the scorer. */
  public Operation asksScorer() {
    return mayFail(401, 403, 429, 501, 503, 504);
  }

  public Operation mayFail(int... status) {
    SortedSet<Integer> more = new TreeSet<>(faults);
    for (int one : status) {
      more.add(one);
    }
    return new Operation(id, group, summary, parameters, body, results, more);
  }

  /** Whether there is something to check even where nothing stands behind the question mark. */
  boolean hasMoreThanQuery() {
    for (Parameter parameter : parameters) {
      if (parameter.place() != Parameter.Place.QUERY) {
        return true;
      }
    }
    return false;
  }

  private static SortedSet<Integer> statuses(List<Integer> status) {
    return new TreeSet<>(status);
  }
}
