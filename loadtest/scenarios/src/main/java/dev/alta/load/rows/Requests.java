package dev.alta.load.rows;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.alta.load.scenario.Call;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests that are made of rows, in turn.
 *
 * @param hypothetical asked as questions of what if, which leave no trace in the log of predictions
 */
public record Requests(Rows rows, boolean hypothetical) {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();

  /** How many different ones there are of a call. */
  public int size(Call call) {
    return Math.max(1, rows.encounters().size() / call.rows());
  }

  /** The one of a number; after the last comes the first. */
  public PredictRequest predict(int number) {
    return predict(rows.encounters().get(number % rows.encounters().size()));
  }

  private PredictRequest predict(Encounter encounter) {
    return PredictRequest.newBuilder()
        .setEncounter(encounter)
        .setHypothetical(hypothetical)
        .build();
  }

  public PredictBatchRequest batch(int number) {
    return PredictBatchRequest.newBuilder()
        .addAllEncounters(part(number, Call.BATCH))
        .setHypothetical(hypothetical)
        .build();
  }

  public List<PredictRequest> stream(int number) {
    return part(number, Call.STREAM).stream().map(this::predict).toList();
  }

  private List<Encounter> part(int number, Call call) {
    int from = number % size(call) * call.rows();
    return rows.encounters().subList(from, from + call.rows());
  }

  /** The body of {@code POST /predict}. */
  public byte[] body(int number) {
    return text(rows.encounters().get(number % rows.encounters().size()))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The messages of a call as ghz takes them: an array; of a stream, those of one stream. */
  public void write(Call call, Path file) throws IOException {
    List<String> messages = new ArrayList<>();
    int many = call == Call.STREAM ? 1 : size(call);
    for (int i = 0; i < many; i++) {
      switch (call) {
        case PREDICT -> messages.add(text(predict(i)));
        case BATCH -> messages.add(text(batch(i)));
        case STREAM -> stream(i).forEach(one -> messages.add(text(one)));
        case JSON -> messages.add(text(rows.encounters().get(i)));
      }
    }
    Files.writeString(file, "[" + String.join(",\n", messages) + "]\n");
  }

  /** A body in each line: no quotes in it are to be taken for those of a CSV file. */
  public void writeLines(Path file) throws IOException {
    Files.write(file, rows.encounters().stream().map(Requests::text).toList());
  }

  private static String text(MessageOrBuilder message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
