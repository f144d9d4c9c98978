package dev.alta.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.RowMessage;
import dev.alta.gateway.json.Body;
import dev.alta.gateway.json.EncounterReader;
import dev.alta.gateway.json.JsonText;
import dev.alta.gateway.json.Problem;
import dev.alta.gateway.json.TextFields;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.proto.v1.Encounter;
import dev.alta.scorer.predict.Admission;
import dev.alta.scorer.predict.Admitted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A body as /predict and the calls with a few texts read it. */
final class JsonTarget {
  private static final EncounterReader READER = new EncounterReader(SmallModel.CONTRACT);
  private static final Admission ADMISSION = new Admission(SmallModel.CONTRACT);
  private static final TextFields TEXTS =
      new TextFields(
          List.of(
              new TextFields.Field("who", "a name", 20, true, false),
              new TextFields.Field("model_version", "a version", 20, false, true)));

  private JsonTarget() {}

  static List<byte[]> seeds() {
    String typical = TypicalEncounter.of(SmallModel.CONTRACT);
    return List.of(
        bytes(typical),
        bytes("[" + typical + "," + typical + "]"),
        bytes("{\"who\":\"Ada\",\"modelVersion\":3}"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static boolean run(byte[] input) throws IOException {
    TextFields.Read texts = TEXTS.read(input);
    if (texts instanceof TextFields.Read.Wrong wrong) {
      problem(wrong.problem());
    }
    Body one = READER.read(input);
    Body body = READER.readOneOrMany(input);
    if (!(body instanceof Body.Many || body instanceof Body.Malformed)) {
      Expect.same(body, one, "an encounter that may be a list");
    }
    return body(body) || texts instanceof TextFields.Read.Fields;
  }

  private static boolean body(Body body) throws IOException {
    if (body instanceof Body.Malformed malformed) {
      Expect.words(malformed.detail());
      problem(Problem.malformed(malformed.detail()));
    } else if (body instanceof Body.Refused refused) {
      Expect.violations(refused.violations());
      problem(Problem.invalid(refused.violations()));
    } else if (body instanceof Body.Many many) {
      Expect.that(!many.items().isEmpty(), "an empty list");
      for (Body item : many.items()) {
        boolean unused = body(item);
      }
    } else if (body instanceof Body.Accepted accepted) {
      accepted(accepted);
    }
    return body instanceof Body.Accepted || body instanceof Body.Many;
  }

  /** What this door lets in must not be the other one's surprise. */
  private static void accepted(Body.Accepted accepted) {
    Row row = accepted.row();
    Encounter encounter = RowMessage.write(row, Encounter.newBuilder()).build();
    Expect.that(
        ADMISSION.admit(encounter) instanceof Admitted.Case, "let in here and refused there");
    Body again =
        READER.read(
            JsonText.bytes(
                json -> {
                  json.writeStartObject();
                  for (Column column : SmallModel.CONTRACT.columns()) {
                    String text = row.asText(column);
                    if (text != null) {
                      json.writeStringField(column.name(), text);
                    }
                  }
                  json.writeStringField("request_id", accepted.requestId());
                  json.writeEndObject();
                }));
    Expect.same(again, accepted, "the encounter written as JSON");
  }

  /** A problem is JSON, whatever it quotes. */
  private static void problem(Problem problem) throws IOException {
    Expect.that(problem.status() >= 400 && problem.status() < 500, "status " + problem.status());
    try (JsonParser json = new JsonFactory().createParser(bytes(problem.json()))) {
      while (json.nextToken() != null) {
        // To its end.
      }
    }
  }
}
