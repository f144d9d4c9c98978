package dev.alta.app.model;

import com.google.protobuf.ByteString;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.SearchRecord;
import dev.alta.proto.v1.StoredObject;
import dev.alta.training.mlflow.MlflowRecorder;
import dev.alta.training.search.SearchRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records versions in MLflow as well. What fails there is said and costs nothing here. */
public final class MlflowStep {
  private static final String MODEL = "model.pb";

  private final MlflowRecorder recorder;
  private final Registry registry;

  public MlflowStep(MlflowRecorder recorder, Registry registry) {
    this.recorder = recorder;
    this.registry = registry;
  }

  /** Records versions and the aliases of now; gives what came of it, a line each. */
  public List<String> record(List<Manifest> versions) {
    List<String> lines = new ArrayList<>();
    for (Manifest version : versions) {
      Map<String, ByteString> objects = objects(version);
      lines.add(recorder.record(version, searches(objects), objects).words());
    }
    recorder.pointAliases(registry.name(), registry.history()).ifPresent(lines::add);
    return lines;
  }

  private Map<String, ByteString> objects(Manifest version) {
    Map<String, ByteString> objects = new TreeMap<>();
    int number = Integer.parseInt(version.getVersion());
    for (StoredObject object : version.getObjectsList()) {
      if (!object.getName().equals(MODEL)) {
        registry
            .attachment(number, object.getName())
            .ifPresent(bytes -> objects.put(object.getName(), bytes));
      }
    }
    return objects;
  }

  private static List<SearchRecord> searches(Map<String, ByteString> objects) {
    ByteString search = objects.get(SearchRecords.OBJECT);
    return search == null ? List.of() : List.of(SearchRecords.read(search));
  }
}
