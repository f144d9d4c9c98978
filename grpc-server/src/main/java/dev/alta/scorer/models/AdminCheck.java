package dev.alta.scorer.models;

import dev.alta.core.contract.Violation;
import dev.alta.model.registry.Alias;
import dev.alta.proto.v1.GetModelFileRequest;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.LoadModelRequest;
import dev.alta.proto.v1.RollBackRequest;
import dev.alta.proto.v1.SetAliasRequest;
import dev.alta.scorer.call.UnknownFields;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is checked of a request before the registry is asked. */
public final class AdminCheck {
  private static final int LONGEST_WHO = 128;
  private static final int LONGEST_REASON = 2_000;
  private static final String A_NAME = "[a-z][a-z0-9_-]{0,62}";
  private static final String A_NUMBER = "[1-9][0-9]{0,8}";
  private static final Pattern ALIAS = Pattern.compile(A_NAME);
  private static final Pattern VERSION = Pattern.compile(A_NUMBER);
  private static final Pattern MODEL = Pattern.compile(A_NAME + "|" + A_NUMBER);
  private static final Pattern FILE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,79}");
  private static final List<String> FOLLOWING = List.of(Alias.CHALLENGER, Alias.PREVIOUS);

  private AdminCheck() {}

  static List<Violation> check(LoadModelRequest request) {
    List<Violation> violations = new ArrayList<>(UnknownFields.of(request));
    if (!request.getModel().isEmpty()) {
      checkModel("model", request.getModel(), violations);
    }
    return violations;
  }

  /** Checks what should be an alias or a version, under the name that the field has there. */
  public static void checkModel(String field, String model, List<Violation> violations) {
    if (!MODEL.matcher(model).matches()) {
      violations.add(new Violation(field, model, "an alias such as champion, a version such as 3"));
    }
  }

  static List<Violation> check(SetAliasRequest request) {
    List<Violation> violations = new ArrayList<>(UnknownFields.of(request));
    String alias = request.getAlias();
    if (!ALIAS.matcher(alias).matches()) {
      violations.add(new Violation("alias", alias, "a letter, then up to 62 of a-z, 0-9, _ and -"));
    } else if (FOLLOWING.contains(alias)) {
      violations.add(
          new Violation("alias", alias, "champion or another; this one follows from decisions"));
    }
    checkModel("version", request.getVersion(), violations);
    checkExpected(request.getExpectedVersion(), violations);
    checkWhy(request.getWho(), request.getReason(), violations);
    return violations;
  }

  static List<Violation> check(RollBackRequest request) {
    List<Violation> violations = new ArrayList<>(UnknownFields.of(request));
    checkExpected(request.getExpectedVersion(), violations);
    checkWhy(request.getWho(), request.getReason(), violations);
    return violations;
  }

  static List<Violation> check(GetModelRequest request) {
    List<Violation> violations = new ArrayList<>(UnknownFields.of(request));
    checkModel("model", request.getModel(), violations);
    return violations;
  }

  static List<Violation> check(GetModelFileRequest request) {
    List<Violation> violations = new ArrayList<>(UnknownFields.of(request));
    if (!request.getModel().isEmpty()) {
      checkModel("model", request.getModel(), violations);
    }
    if (!FILE.matcher(request.getName()).matches()) {
      violations.add(new Violation("name", request.getName(), "a file's name, such as card.html"));
    }
    return violations;
  }

  private static void checkExpected(String expected, List<Violation> violations) {
    if (!expected.isEmpty() && !VERSION.matcher(expected).matches()) {
      violations.add(
          new Violation("expected_version", expected, "a version such as 3, or empty for none"));
    }
  }

  private static void checkWhy(String who, String reason, List<Violation> violations) {
    checkText("who", who, LONGEST_WHO, violations);
    checkText("reason", reason, LONGEST_REASON, violations);
  }

  private static void checkText(
      String field, String text, int longest, List<Violation> violations) {
    boolean wrong =
        text.isBlank()
            || text.length() > longest
            || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n');
    if (wrong) {
      violations.add(
          new Violation(
              field, text, "a text of 1 to " + longest + " characters, no control characters"));
    }
  }
}
