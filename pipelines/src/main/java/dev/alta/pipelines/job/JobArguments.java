package dev.alta.pipelines.job;

import dev.alta.core.contract.NearestName;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.Validation;

/**
 * Reads and explains the options of a job. Those that Beam knows besides are refused, as a job
 * would take no notice of them; and Beam's own {@code --help} would end the cluster's process.
 */
final class JobArguments {
  // Of Beam's, with what they mean here.
  private static final Map<String, String> BEAMS =
      Map.of(
          "parallelism", "how many workers do each step (as broad as it was submitted)",
          "attachedMode",
              "false: only submits the job; that is the rule where Flink does not wait, as with its"
                  + " REST (true)",
          "runner", "FlinkRunner, which it is anyway");

  private JobArguments() {}

  /**
   * Reads options.
   *
   * @param args {@code --name=value}, each
   * @throws IllegalArgumentException in one line: naming an option that there is none of, a missing
   *     one, or a value that cannot be
   */
  static <O extends PipelineOptions> O read(Class<O> type, List<String> args) {
    Map<String, Method> known = getters(type);
    for (String arg : args) {
      requireKnown(arg, known);
    }
    requireAll(args, known);
    return PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(type);
  }

  private static void requireKnown(String arg, Map<String, Method> known) {
    String name = arg.replaceFirst("^--", "").replaceFirst("=.*$", "");
    if (!arg.startsWith("--") || !arg.contains("=")) {
      throw new IllegalArgumentException(arg + " (expected: --option=value)");
    }
    if (!known.containsKey(name) && !BEAMS.containsKey(name)) {
      List<String> names = List.copyOf(known.keySet());
      throw new IllegalArgumentException(
          "--"
              + name
              + ": unknown (expected: "
              + NearestName.of(name, names)
                  .map(nearest -> "perhaps --" + nearest)
                  .orElse("one of --" + String.join(", --", names))
              + ")");
    }
  }

  private static void requireAll(List<String> args, Map<String, Method> known) {
    known.forEach(
        (name, getter) -> {
          if (getter.isAnnotationPresent(Validation.Required.class)
              && args.stream().noneMatch(arg -> arg.startsWith("--" + name + "="))) {
            throw new IllegalArgumentException(
                "--" + name + ": missing (expected: " + description(getter) + ")");
          }
        });
  }

  /** All options of a job, one for each line or two. */
  static String help(Job<?> job) {
    StringBuilder text = new StringBuilder();
    text.append(job.name()).append(": ").append(job.purpose()).append(". Options:\n");
    getters(job.options()).forEach((name, getter) -> text.append(line(name, getter)));
    new TreeMap<>(BEAMS)
        .forEach((name, meaning) -> text.append("  --" + name + "=…\n      " + meaning + "\n"));
    return text.toString();
  }

  private static String line(String name, Method getter) {
    return "  --"
        + name
        + "=…"
        + (getter.isAnnotationPresent(Validation.Required.class) ? "  (required)" : "")
        + "\n      "
        + description(getter)
        + standard(getter)
        + "\n";
  }

  private static String description(Method getter) {
    Description description = getter.getAnnotation(Description.class);
    if (description == null) {
      throw new IllegalStateException(getter + ": no description (expected: one)");
    }
    return description.value();
  }

  /** The value of an option that is not given, in brackets; nothing where that is none. */
  private static String standard(Method getter) {
    return Arrays.stream(getter.getAnnotations())
        .filter(annotation -> annotation.annotationType().getEnclosingClass() == Default.class)
        .map(JobArguments::value)
        .filter(value -> !value.isEmpty())
        .map(value -> " (" + value + ")")
        .findFirst()
        .orElse("");
  }

  private static String value(Annotation standard) {
    try {
      return standard.annotationType().getMethod("value").invoke(standard).toString();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("every Default has a value", impossible);
    }
  }

  /** The options that the interface and those it extends declare here, by name. */
  private static Map<String, Method> getters(Class<?> type) {
    Map<String, Method> getters = new TreeMap<>();
    for (Method method : type.getMethods()) {
      String name = method.getName();
      boolean ours =
          method.getDeclaringClass() != PipelineOptions.class
              && method.getDeclaringClass() != FlinkPipelineOptions.class
              && PipelineOptions.class.isAssignableFrom(method.getDeclaringClass());
      if (ours && method.getParameterCount() == 0 && name.startsWith("get")) {
        getters.put(Character.toLowerCase(name.charAt(3)) + name.substring(4), method);
      }
    }
    return getters;
  }
}
