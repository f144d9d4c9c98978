package dev.alta.gateway.call;

import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceBindingBuilder;
import dev.alta.core.contract.NearestName;
import dev.alta.gateway.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All calls of the API. Immutable. */
public final class Calls {
  private final List<Call> calls;

  public Calls(List<Call> calls) {
    this.calls = List.copyOf(calls);
  }

  public List<Call> all() {
    return calls;
  }

  /** Adds a service for each path, without a slash at its end and with one. */
  public void addTo(ServerBuilder server, WholeBody bodies) {
    Map<String, List<Call>> paths = new LinkedHashMap<>();
    calls.forEach(call -> paths.computeIfAbsent(call.path(), path -> new ArrayList<>()).add(call));
    paths.forEach(
        (path, ofPath) -> {
          ServiceBindingBuilder service =
              server.route().path(path).maxRequestLength(longestBody(ofPath));
          if (!path.endsWith("/")) {
            service.path(path + "/");
          }
          service.build(new CallService(ofPath, bodies));
        });
  }

  private static long longestBody(List<Call> calls) {
    return calls.stream()
        .flatMap(call -> call.operation().body().stream())
        .mapToLong(RequestBody::longest)
        .max()
        .orElse(RequestBody.USUALLY_LONGEST);
  }

  /** The path that was probably meant by one that is not there. */
  public Optional<String> nearest(String path) {
    return NearestName.of(path, calls.stream().map(Call::path).distinct().toList());
  }

  /** What programs are told at the root: every call in a line. */
  public String whatIsHere() {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("service", "alta");
          json.writeStringField("purpose", "how likely a patient is to come back after discharge");
          json.writeObjectFieldStart("here");
          for (Call call : calls) {
            json.writeStringField(call.method() + " " + call.path(), call.operation().summary());
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
