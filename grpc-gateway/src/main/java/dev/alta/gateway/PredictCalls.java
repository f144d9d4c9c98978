package dev.alta.gateway;

import com.linecorp.armeria.common.HttpResponse;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.RowMessage;
import dev.alta.gateway.call.Asked;
import dev.alta.gateway.call.Call;
import dev.alta.gateway.call.Operation;
import dev.alta.gateway.call.Parameter;
import dev.alta.gateway.call.RequestBody;
import dev.alta.gateway.call.Responses;
import dev.alta.gateway.json.Answers;
import dev.alta.gateway.json.Body;
import dev.alta.gateway.json.ContractSchema;
import dev.alta.gateway.json.EncounterReader;
import dev.alta.gateway.json.Problem;
import dev.alta.gateway.json.Schema;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.gateway.request.RequestIds;
import dev.alta.proto.v1.BatchItem;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.ExplainOptions;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The calls that predict. */
final class PredictCalls {
  private static final String GROUP = "Predictions";
  private static final int MOST_COLUMNS = 1_000;

  private static final Parameter HYPOTHETICAL =
      Parameter.query(
          "hypothetical",
          "true for a question of what if, which is about nobody: answered as any other, but neither"
              + " logged nor counted among the predictions.",
          Parameter.OneOf.TRUE_OR_FALSE,
          "true");

  private final ScorerCalls scorer;
  private final EncounterReader reader;
  private final Answers answers;
  private final Schema encounter;
  private final String typical;
  private final List<String> classes;

  PredictCalls(ScorerCalls scorer, Contract contract) {
    this.scorer = scorer;
    this.reader = new EncounterReader(contract);
    this.answers = new Answers(contract);
    this.encounter = ContractSchema.named(contract);
    this.typical = TypicalEncounter.of(contract);
    this.classes = contract.classes();
  }

  List<Call> all() {
    return List.of(predict(), explain());
  }

  private Call predict() {
    return Call.post(
        "/predict",
        Operation.of(
                "predict",
                GROUP,
                "How likely the patient of an encounter is to come back; also for a list of up to"
                    + " 1,000 encounters.")
            .with(HYPOTHETICAL)
            .reads(
                new RequestBody(
                    "An encounter, or a list of them: each is answered in its place, with a"
                        + " prediction or with a problem that has its index.",
                    Schema.anyOf(
                        encounter, Schema.listOf(encounter, 1, EncounterReader.LONGEST_LIST)),
                    true,
                    Map.of("one", typical, "two", "[" + typical + "," + typical + "]")))
            .answers(
                "The prediction; for a list the predictions and problems in its order.",
                Schema.anyOf(answers.predictionSchema(), answers.predictionsSchema()))
            .asksScorer(),
        this::predict);
  }

  private HttpResponse predict(Asked asked) {
    Body body = reader.readOneOrMany(asked.body());
    if (body instanceof Body.Accepted one) {
      return Forwarded.json(scorer.predict(request(one, asked).build()), answers::prediction);
    } else if (body instanceof Body.Many many) {
      return predict(many.items(), asked);
    }
    return Responses.problem(problem(body));
  }

  private HttpResponse predict(List<Body> items, Asked asked) {
    PredictBatchRequest.Builder batch =
        PredictBatchRequest.newBuilder()
            .setRequestId(RequestIds.of(asked.context()))
            .setHypothetical(asked.isTrue("hypothetical"));
    for (Body item : items) {
      if (item instanceof Body.Accepted one) {
        batch.addEncounters(encounter(one)).addRequestIds(one.requestId());
      }
    }
    return batch.getEncountersCount() == 0
        ? Responses.ok(answers.predictions(outcomes(items, List.of())))
        : Forwarded.json(scorer.predict(batch.build()), batchAnswer -> inOrder(items, batchAnswer));
  }

  private byte[] inOrder(List<Body> items, PredictBatchResponse batch) {
    return answers.predictions(outcomes(items, batch.getItemsList()));
  }

  private static List<Answers.Outcome> outcomes(List<Body> items, List<BatchItem> answered) {
    List<Answers.Outcome> outcomes = new ArrayList<>(items.size());
    Iterator<BatchItem> answers = answered.iterator();
    for (Body item : items) {
      outcomes.add(
          item instanceof Body.Accepted
              ? outcome(answers.next())
              : new Answers.Outcome.Refused(problem(item)));
    }
    return outcomes;
  }

  private static Answers.Outcome outcome(BatchItem item) {
    return item.hasPrediction()
        ? new Answers.Outcome.Predicted(item.getPrediction())
        : new Answers.Outcome.Refused(ScorerProblem.of(item.getError()));
  }

  private static Problem problem(Body body) {
    return body instanceof Body.Refused refused
        ? Problem.invalid(refused.violations())
        : Problem.malformed(((Body.Malformed) body).detail());
  }

  private Call explain() {
    return Call.post(
        "/explain",
        Operation.of("explain", GROUP, "A prediction, and how much each column moved it.")
            .with(
                Parameter.query(
                    "top",
                    "How many columns at most, the strongest first; the rest is summed up in others."
                        + " 0, or left out: all.",
                    new Parameter.Whole(0, MOST_COLUMNS),
                    "5"))
            .with(
                Parameter.queries(
                    "class",
                    "The classes to explain; left out: all.",
                    new Parameter.OneOf(classes)))
            .with(HYPOTHETICAL)
            .reads(new RequestBody("An encounter.", encounter, true, Map.of("one", typical)))
            .answers("The prediction with its reasons.", answers.explanationSchema())
            .asksScorer(),
        this::explain);
  }

  private HttpResponse explain(Asked asked) {
    Body body = reader.read(asked.body());
    if (!(body instanceof Body.Accepted one)) {
      return Responses.problem(problem(body));
    }
    ExplainOptions options =
        ExplainOptions.newBuilder()
            .setTop(asked.whole("top", 0))
            .addAllClasses(asked.queries("class"))
            .build();
    return Forwarded.json(
        scorer.explain(request(one, asked).setExplain(options).build()), answers::explanation);
  }

  private static PredictRequest.Builder request(Body.Accepted accepted, Asked asked) {
    String id = accepted.requestId();
    return PredictRequest.newBuilder()
        .setEncounter(encounter(accepted))
        .setRequestId(id.isEmpty() ? RequestIds.of(asked.context()) : id)
        .setHypothetical(asked.isTrue("hypothetical"));
  }

  private static Encounter encounter(Body.Accepted accepted) {
    return RowMessage.write(accepted.row(), Encounter.newBuilder()).build();
  }
}
