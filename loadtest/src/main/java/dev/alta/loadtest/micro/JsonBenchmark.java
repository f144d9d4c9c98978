package dev.alta.loadtest.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.MessageIntake;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.RowMessage;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.gateway.json.Answers;
import dev.alta.gateway.json.Body;
import dev.alta.gateway.json.EncounterReader;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.Risk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What JSON costs a request in the gateway: from the body to the message for the scorer, and from
 * its answer to the body. The reference is what the scorer does with the same row as a message:
 * parse and check it. With {@code -prof gc}: bytes made for each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonBenchmark {
  // Different rows in turn, so that branches cannot be learned by heart.
  private static final int ROWS = 1_024;

  private final Contract contract = Contract.of(Encounter.getDescriptor());
  private final MessageIntake intake = MessageIntake.of(contract, Encounter.getDefaultInstance());
  private final EncounterReader reader = new EncounterReader(contract);
  private final Answers answers = new Answers(contract);
  private final List<byte[]> bodies = new ArrayList<>();
  private final List<byte[]> wire = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final PredictResponse answer =
      PredictResponse.newBuilder()
          .setPrediction("NO")
          .putProbabilities("NO", 0.6123456)
          .putProbabilities(">30", 0.2876544)
          .putProbabilities("<30", 0.1)
          .setProbabilityReadmitted(0.3876544)
          .setProbabilityWithin30Days(0.1)
          .setRisk(Risk.MEDIUM)
          .setRiskPercentile(61.23)
          .setModelAlias("champion")
          .setModelVersion("3")
          .setRequestId("0c5f5f4e-5ba1-4a4e-9d24-0e1ff0f0a0a0")
          .build();
  private int next;

  /** Makes rows that can be scored, as JSON and as messages. */
  @Setup
  public void prepare() {
    EncounterGenerator generator = new EncounterGenerator(contract, Effects.of(contract), 1);
    while (bodies.size() < ROWS) {
      Row row = generator.next();
      byte[] body = json(row).getBytes(StandardCharsets.UTF_8);
      if (reader.read(body) instanceof Body.Accepted accepted) {
        bodies.add(body);
        rows.add(accepted.row());
        wire.add(RowMessage.write(accepted.row(), Encounter.newBuilder()).build().toByteArray());
      }
    }
  }

  private String json(Row row) {
    StringJoiner json = new StringJoiner(",", "{", "}");
    for (Column column : contract.columns()) {
      String text = row.asText(column);
      if (!column.identifies() && column.requiredAt(Door.STORE) && text != null) {
        String value = column.type() == Column.Type.TEXT ? '"' + text + '"' : text;
        json.add('"' + column.name() + "\":" + value);
      }
    }
    return json.toString();
  }

  private int next() {
    next = (next + 1) % ROWS;
    return next;
  }

  /** The reference. */
  @Benchmark
  public Checked parseAndCheckMessage() throws InvalidProtocolBufferException {
    return intake.check(Encounter.parseFrom(wire.get(next())));
  }

  /** A body to a row; all of it is checked on the way. */
  @Benchmark
  public Body readJson() {
    return reader.read(bodies.get(next()));
  }

  /** A row to the message for the scorer. */
  @Benchmark
  public Encounter rowToMessage() {
    return RowMessage.write(rows.get(next()), Encounter.newBuilder()).build();
  }

  /** An answer to a body. */
  @Benchmark
  public byte[] writeJson() {
    return answers.prediction(answer);
  }
}
