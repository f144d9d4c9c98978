package dev.alta.loadtest.peers;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.MessageIntake;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.loadtest.scorer.BenchRows;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoredModel;
import dev.alta.proto.inference.ModelInferRequest;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.PredictRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the champion, rows and the services' descriptors in forms that Python reads. */
final class PeerFiles {
  private PeerFiles() {}

  /**
   * Writes {@code native.json} (XGBoost's own), {@code encoder.json} (columns and features), {@code
   * rows.json} (encounters, their vectors, the kernel's probabilities) and {@code
   * services.protoset}.
   */
  static void write(Registry registry, Path folder, BenchRows rows) throws IOException {
    StoredModel stored = registry.load("champion");
    Predictor predictor = Predictor.of(BenchRows.CONTRACT, stored.model());
    Files.write(
        folder.resolve("native.json"), registry.nativeModel(stored.version()).toByteArray());
    Files.writeString(folder.resolve("encoder.json"), encoder(stored, predictor).toString());
    Files.writeString(folder.resolve("rows.json"), rows(rows, predictor).toString());
    Files.write(folder.resolve("services.protoset"), services().toByteArray());
  }

  private static JsonObject encoder(StoredModel stored, Predictor predictor) {
    JsonObject json = new JsonObject();
    json.addProperty("version", stored.version());
    json.addProperty("trees", predictor.kernel().trees());
    json.addProperty("no_is_missing", stored.model().getEncoder().getNoIsMissing());
    json.add("classes", texts(predictor.classes()));
    JsonArray columns = new JsonArray();
    BenchRows.CONTRACT.columns().stream()
        .filter(column -> !column.identifies())
        .map(PeerFiles::column)
        .forEach(columns::add);
    json.add("columns", columns);
    JsonArray features = new JsonArray();
    stored.model().getEncoder().getFeaturesList().stream()
        .map(PeerFiles::feature)
        .forEach(features::add);
    json.add("features", features);
    return json;
  }

  private static JsonObject column(Column column) {
    JsonObject json = new JsonObject();
    json.addProperty("name", column.name());
    json.addProperty("type", column.type().name());
    json.addProperty("missing_marker", column.missingMarker());
    json.addProperty("default", column.defaultValue());
    json.add("values", texts(column.values().stream().map(Column.Value::value).toList()));
    return json;
  }

  private static JsonObject feature(Feature feature) {
    JsonObject json = new JsonObject();
    json.addProperty("name", feature.getName());
    json.addProperty("kind", feature.getKind().name());
    json.addProperty("column", feature.getColumn());
    json.addProperty("value", feature.getValue());
    json.add("more_columns", texts(feature.getMoreColumnsList()));
    return json;
  }

  private static JsonArray texts(Iterable<String> texts) {
    JsonArray json = new JsonArray();
    texts.forEach(json::add);
    return json;
  }

  private static JsonArray rows(BenchRows rows, Predictor predictor) {
    MessageIntake intake = MessageIntake.of(BenchRows.CONTRACT, Encounter.getDefaultInstance());
    Encoder encoder = predictor.encoder();
    JsonArray json = new JsonArray();
    for (int i = 0; i < rows.encounters().size(); i++) {
      Row cleaned = rows.cleaned().get(i);
      JsonObject row = new JsonObject();
      row.add("encounter", encounter(intake, rows.encounters().get(i)));
      JsonArray vector = new JsonArray();
      for (float number : encoder.encode(cleaned)) {
        // JSON has no NaN.
        vector.add(Float.isNaN(number) ? JsonNull.INSTANCE : new JsonPrimitive(number));
      }
      row.add("vector", vector);
      JsonArray probabilities = new JsonArray();
      for (double probability : predictor.probabilities(cleaned)) {
        probabilities.add(probability);
      }
      row.add("probabilities", probabilities);
      json.add(row);
    }
    return json;
  }

  /** As a caller sends it: numbers as numbers, nothing for what is not given. */
  private static JsonObject encounter(MessageIntake intake, Encounter encounter) {
    Row raw = ((Checked.Accepted) intake.check(encounter)).row();
    JsonObject json = new JsonObject();
    for (Column column : BenchRows.CONTRACT.columns()) {
      if (raw.recorded(column)) {
        switch (column.type()) {
          case TEXT -> json.addProperty(column.name(), raw.text(column));
          case WHOLE -> json.addProperty(column.name(), raw.whole(column));
          case DECIMAL -> json.addProperty(column.name(), raw.number(column));
        }
      }
    }
    return json;
  }

  /** The services with all that they import, for clients without reflection. */
  private static FileDescriptorSet services() {
    Map<String, FileDescriptor> files = new LinkedHashMap<>();
    add(files, PredictRequest.getDescriptor().getFile());
    add(files, ModelInferRequest.getDescriptor().getFile());
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    files.values().forEach(file -> set.addFile(file.toProto()));
    return set.build();
  }

  private static void add(Map<String, FileDescriptor> files, FileDescriptor file) {
    file.getDependencies().forEach(imported -> add(files, imported));
    files.putIfAbsent(file.getName(), file);
  }
}
