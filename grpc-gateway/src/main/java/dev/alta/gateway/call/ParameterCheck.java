package dev.alta.gateway.call;

import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.alta.core.contract.NearestName;
import dev.alta.core.contract.Violation;
import java.util.ArrayList;
import java.util.List;

/** Compares what a request gives with the parameters of its operation. */
final class ParameterCheck {
  private static final int MOST = 100;

  private ParameterCheck() {}

  static List<Violation> check(
      Operation operation, ServiceRequestContext context, QueryParams query) {
    // As most predictions: what stands behind the question mark may all be left out.
    if (query.isEmpty() && !operation.hasMoreThanQuery()) {
      return List.of();
    }
    List<Violation> violations = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      String name = parameter.name();
      List<String> values =
          switch (parameter.place()) {
            case PATH -> List.of(String.valueOf(context.pathParam(name)));
            case QUERY -> query.getAll(name);
            case HEADER -> context.request().headers().getAll(name);
          };
      if (parameter.place() == Parameter.Place.QUERY) {
        known.add(name);
      }
      check(parameter, values, violations);
    }
    query.names().stream()
        .filter(name -> !known.contains(name))
        .limit(MOST)
        .forEach(name -> violations.add(unknown(name, query.get(name, ""), known)));
    return violations;
  }

  private static void check(Parameter parameter, List<String> values, List<Violation> violations) {
    if (values.size() > 1 && !parameter.repeated()) {
      violations.add(
          new Violation(parameter.name(), values.size() + " of them", "given once at most"));
      return;
    }
    values.stream()
        .filter(value -> !parameter.kind().accepts(value))
        .limit(MOST)
        .forEach(
            value ->
                violations.add(
                    new Violation(parameter.name(), value, parameter.kind().expected())));
  }

  private static Violation unknown(String name, String value, List<String> known) {
    String nearest = NearestName.of(name, known).map(found -> ", such as " + found).orElse("");
    return new Violation(
        name,
        value,
        known.isEmpty()
            ? "no parameters"
            : "a parameter of this address (" + String.join(", ", known) + ")" + nearest);
  }
}
