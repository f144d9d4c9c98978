package dev.alta.scorer.predict;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.Violation;
import dev.alta.model.bundle.Prediction;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.log.Answered;
import dev.alta.scorer.swap.LiveModel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from admitted encounters to their answers: predict, count, log; the last two not for
 * questions of what if. Every service goes this way. Safe for several threads.
 */
public final class Answering {
  private final Supplier<Optional<LiveModel>> current;
  private final PredictMeters meters;
  private final Consumer<List<Answered>> log;
  private final Supplier<String> ids;
  private final Clock clock;
  private final String mostUrgent;
  private volatile @Nullable Formed formed;

  /** What is made once for a model. */
  private record Formed(LiveModel model, AnswerForm form) {}

  /**
   * Takes its parts.
   *
   * @param current the model that answers now, if any
   * @param log takes every answered prediction, at once
   * @param ids makes up request ids
   */
  public Answering(
      Contract contract,
      Supplier<Optional<LiveModel>> current,
      MeterRegistry metrics,
      Consumer<List<Answered>> log,
      Supplier<String> ids,
      Clock clock) {
    this.current = current;
    this.meters = new PredictMeters(contract, metrics);
    this.log = log;
    this.ids = ids;
    this.clock = clock;
    List<String> classes = contract.classes();
    this.mostUrgent = classes.get(classes.size() - 1);
  }

  /**
   * The model to answer with.
   *
   * @throws StatusRuntimeException UNAVAILABLE if there is none
   */
  public LiveModel model() {
    return current
        .get()
        .orElseThrow(
            () ->
                Status.UNAVAILABLE
                    .withDescription("no model is loaded and warm yet; try again")
                    .asRuntimeException());
  }

  /** The id that the caller gave, or a new one. */
  public String id(String given) {
    return given.isEmpty() ? ids.get() : given;
  }

  /** Answers one encounter. */
  public Answer answer(LiveModel model, Question question) {
    Prediction prediction = model.predict(question.cleaned());
    Answer answer = new Answer(prediction, form(model).write(prediction, question.id()));
    if (!question.hypothetical()) {
      meters.predicted(prediction.best());
      log.accept(List.of(answered(model, question, answer, clock.instant(), System.nanoTime())));
    }
    return answer;
  }

  /** Answers many encounters, in their order, at a fraction of the cost of one at a time. */
  public List<Answer> answer(LiveModel model, List<Question> questions) {
    List<Row> rows = new ArrayList<>(questions.size());
    questions.forEach(question -> rows.add(question.cleaned()));
    List<Prediction> predictions = model.predict(rows);
    AnswerForm form = form(model);
    List<Answer> answers = new ArrayList<>(questions.size());
    List<Answered> answered = new ArrayList<>(questions.size());
    int[] best = new int[model.predictor().classes().size()];
    Instant now = clock.instant();
    long end = System.nanoTime();
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      Prediction prediction = predictions.get(i);
      ByteString message = form.write(prediction, question.id());
      Answer answer = new Answer(prediction, message);
      answers.add(answer);
      if (!question.hypothetical()) {
        answered.add(answered(model, question, answer, now, end));
        best[prediction.best()]++;
      }
    }
    meters.predicted(best);
    if (!answered.isEmpty()) {
      log.accept(answered);
    }
    return answers;
  }

  /** While one model follows another, both may be asked for in turn: then it is made anew. */
  private AnswerForm form(LiveModel model) {
    Formed known = formed;
    if (known == null || known.model() != model) {
      known = new Formed(model, AnswerForm.of(model));
      formed = known;
    }
    return known.form();
  }

  private Answered answered(
      LiveModel model, Question question, Answer answer, Instant now, long end) {
    return new Answered(
        question.encounter(),
        answer.message(),
        question.id(),
        model.manifest().getName(),
        model.version(),
        mostUrgent,
        answer.prediction().riskPercentile(),
        now,
        end - question.start());
  }

  /** Counts violations and makes an error of them. */
  public StatusRuntimeException refusal(List<Violation> violations) {
    refused(violations);
    return Refusals.error(violations);
  }

  /** Counts violations that are answered in another way. */
  public void refused(List<Violation> violations) {
    meters.refused(violations);
  }
}
