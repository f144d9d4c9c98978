package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Violation;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one JSON object into an intake. One for each object. */
final class EncounterFields {
  static final String REQUEST_ID = "request_id";
  static final int LONGEST_REQUEST_ID = 128;

  // Nobody mends a hundred names one by one, and looking up what each was meant to be costs time.
  private static final int MOST_UNKNOWN = 100;

  private final Contract contract;
  private final Map<String, Column> names;
  private final JsonParser json;
  private final Suggestions suggestions;
  private final Intake intake;
  private final @Nullable String[] givenAs;
  private String requestId = "";
  private boolean hasRequestId;
  private int unknown;

  EncounterFields(
      Contract contract, Map<String, Column> names, JsonParser json, Suggestions suggestions) {
    this.contract = contract;
    this.names = names;
    this.json = json;
    this.suggestions = suggestions;
    this.intake = new Intake(contract, Door.SCORE);
    this.givenAs = new String[contract.size()];
  }

  /** Reads up to the end of the object that the parser has just entered. */
  Body read() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      field(name);
      json.skipChildren();
    }
    if (unknown > MOST_UNKNOWN) {
      intake.refuse(
          "…", (unknown - MOST_UNKNOWN) + " more unknown fields", "columns of " + contract.name());
    }
    Checked checked = intake.finish();
    return checked instanceof Checked.Accepted accepted
        ? new Body.Accepted(accepted.row(), requestId)
        : new Body.Refused(((Checked.Rejected) checked).violations());
  }

  private void field(String name) throws IOException {
    Column column = names.get(name);
    if (column != null) {
      column(column, name);
    } else if (name.equals(REQUEST_ID)) {
      requestId();
    } else if (++unknown <= MOST_UNKNOWN) {
      unknown(name);
    }
  }

  private void unknown(String name) throws IOException {
    String cut = Violation.cut(name);
    if (suggestions.take()) {
      intake.unknown(cut, shown());
    } else {
      intake.refuse(cut, shown(), "a column of " + contract.name());
    }
  }

  private void column(Column column, String name) throws IOException {
    String before = givenAs[column.index()];
    if (before != null) {
      intake.refuse(
          column,
          shown(),
          "given once, but it is there " + (before.equals(name) ? "twice" : "also as " + before));
      return;
    }
    givenAs[column.index()] = name;
    switch (json.currentToken()) {
      case VALUE_STRING -> intake.text(column, json.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(column);
      case VALUE_NULL -> {}
      default -> intake.refuse(column, shown());
    }
  }

  private void number(Column column) throws IOException {
    if (column.type() == Column.Type.TEXT) {
      intake.refuse(column, json.getText(), "a text in quotes: " + column.expectation());
    } else if (isPlain(column)) {
      intake.whole(column, json.getLongValue());
    } else {
      // The digits as they were sent: no way through a binary fraction that could round them.
      intake.text(column, json.getText());
    }
  }

  /** A whole number that can be taken as such: without a text in between. */
  private boolean isPlain(Column column) throws IOException {
    return json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && column.type() == Column.Type.WHOLE
        && column.missingMarker() == null
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
  }

  private void requestId() throws IOException {
    if (hasRequestId) {
      intake.refuse(REQUEST_ID, shown(), "given once, but it is there twice");
    } else if (json.currentToken() == JsonToken.VALUE_STRING
        && json.getTextLength() <= LONGEST_REQUEST_ID) {
      requestId = json.getText();
    } else if (json.currentToken() != JsonToken.VALUE_NULL) {
      intake.refuse(REQUEST_ID, shown(), "a text of at most " + LONGEST_REQUEST_ID + " characters");
    }
    hasRequestId = true;
  }

  private String shown() throws IOException {
    return switch (json.currentToken()) {
      case START_ARRAY, START_OBJECT -> EncounterReader.kind(json.currentToken());
      default -> json.getText();
    };
  }
}
