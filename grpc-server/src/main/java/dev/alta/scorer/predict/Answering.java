package dev.alta.scorer.predict;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Violation;
import dev.alta.model.bundle.Prediction;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.log.Answered;
import dev.alta.scorer.swap.LiveModel;
import dev.alta.scorer.swap.ModelSwap;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way from an admitted encounter to its answer: predict, count, log. Every service goes this
 * way. Safe for several threads.
 */
public final class Answering {
  private final ModelSwap swap;
  private final PredictMeters meters;
  private final Consumer<Answered> log;
  private final Supplier<String> ids;
  private final Clock clock;
  private final String mostUrgent;

  /**
   * Takes its parts.
   *
   * @param log takes every answered prediction, at once
   * @param ids makes up request ids
   */
  public Answering(
      Contract contract,
      ModelSwap swap,
      MeterRegistry metrics,
      Consumer<Answered> log,
      Supplier<String> ids,
      Clock clock) {
    this.swap = swap;
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
    return swap.current()
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

  /**
   * Answers one encounter.
   *
   * @param start when its request came, by {@link System#nanoTime}
   */
  public PredictResponse answer(LiveModel model, Admitted.Case admitted, String id, long start) {
    Prediction prediction = model.predict(admitted.cleaned());
    PredictResponse answer = Answers.of(model, prediction, id);
    meters.predicted(prediction.best());
    log.accept(
        new Answered(
            admitted.encounter(),
            answer,
            model.manifest().getName(),
            mostUrgent,
            clock.instant(),
            System.nanoTime() - start));
    return answer;
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
