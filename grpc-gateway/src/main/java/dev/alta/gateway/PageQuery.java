package dev.alta.gateway;

import com.linecorp.armeria.common.QueryParams;
import dev.alta.core.contract.Violation;
import dev.alta.gateway.data.RejectPlace;
import dev.alta.gateway.json.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads which part of a long list is asked for; what is wrong with it is said all at once. */
final class PageQuery {
  static final int MOST = 200;

  private static final int USUAL = 50;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final QueryParams given;
  private final Set<String> known = new TreeSet<>();
  private final List<Violation> violations = new ArrayList<>();

  PageQuery(QueryParams given) {
    this.given = given;
  }

  /** How many at most: {@code limit}. */
  int limit() {
    known.add("limit");
    String text = given.get("limit", Integer.toString(USUAL));
    int limit = NUMBER.matcher(text).matches() ? (int) Math.min(MOST + 1, Long.parseLong(text)) : 0;
    if (limit < 1 || limit > MOST) {
      refuse("limit", text, "a whole number from 1 to " + MOST);
    }
    return limit;
  }

  /** A number before which to go on; the greatest where none is given. */
  long before(String name) {
    known.add(name);
    String text = given.get(name);
    if (text == null) {
      return Long.MAX_VALUE;
    }
    if (NUMBER.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    refuse(name, text, "a number, as an earlier answer gave it");
    return 0;
  }

  /** A rejected row before which to go on; the end where none is given. */
  RejectPlace beforePlace(String name) {
    known.add(name);
    String text = given.get(name);
    if (text == null) {
      return RejectPlace.END;
    }
    Optional<RejectPlace> place = RejectPlace.of(text);
    if (place.isEmpty()) {
      refuse(name, text, "batch and line such as 17-402, as an earlier answer gave it");
    }
    return place.orElse(RejectPlace.END);
  }

  /** What is wrong, once everything was asked for; unknown names are, too. */
  Optional<Problem> problem() {
    for (String name : given.names()) {
      if (!known.contains(name)) {
        refuse(name, given.get(name, ""), known.isEmpty() ? "no parameters" : "one of " + known);
      }
    }
    return violations.isEmpty() ? Optional.empty() : Optional.of(Problem.badQuery(violations));
  }

  private void refuse(String field, String value, String expected) {
    violations.add(new Violation(field, value, expected));
  }
}
