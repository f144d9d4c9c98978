package dev.alta.core.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A method that protoc makes for a field, as a function. */
final class Accessor {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private Accessor() {}

  /**
   * Binds a method, so that calling it through the interface costs what calling it by its name
   * does.
   *
   * @param face an interface with the one method {@code of}
   * @param said what {@code of} takes and gives
   * @param type the generated class
   * @param given what the generated method takes and gives
   * @throws IllegalArgumentException if there is no such method
   */
  static <F> F bind(
      Class<F> face, MethodType said, Class<?> type, String method, MethodType given) {
    try {
      MethodHandle generated = LOOKUP.findVirtual(type, method, given);
      MethodHandle function =
          LambdaMetafactory.metafactory(
                  LOOKUP,
                  "of",
                  MethodType.methodType(face),
                  said,
                  generated,
                  said.changeParameterType(0, type))
              .getTarget();
      return face.cast(function.invoke());
    } catch (Error fatal) {
      throw fatal;
    } catch (Throwable absent) {
      throw new IllegalArgumentException(
          type.getName() + ": " + method + " (expected: a method, as protoc makes them)", absent);
    }
  }

  /** A field's name as protoc writes it: a capital after each underscore and each digit. */
  static String name(FieldDescriptor field) {
    StringBuilder name = new StringBuilder();
    boolean capital = true;
    for (char c : field.getName().toCharArray()) {
      if (c != '_') {
        name.append(capital ? Character.toUpperCase(c) : c);
      }
      capital = c == '_' || Character.isDigit(c);
    }
    return name.toString();
  }
}
