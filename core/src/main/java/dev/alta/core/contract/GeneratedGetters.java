package dev.alta.core.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The getters of a generated message class as functions, bound once: a call of one costs what a
 * call of the getter does, and boxes nothing.
 */
final class GeneratedGetters {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final Class<? extends Message> type;

  GeneratedGetters(Class<? extends Message> type) {
    this.type = type;
  }

  /** Whether a message has a field. */
  @FunctionalInterface
  interface Has {
    boolean of(Message message);
  }

  /** A field of type string. */
  @FunctionalInterface
  interface Text {
    String of(Message message);
  }

  /** A field of type int32 or int64. */
  @FunctionalInterface
  interface Whole {
    long of(Message message);
  }

  /** A field of type float or double. */
  @FunctionalInterface
  interface Decimal {
    double of(Message message);
  }

  Has has(FieldDescriptor field) {
    return bind(Has.class, boolean.class, "has" + accessor(field), boolean.class);
  }

  Text text(FieldDescriptor field) {
    return bind(Text.class, String.class, "get" + accessor(field), String.class);
  }

  Whole whole(FieldDescriptor field) {
    boolean narrow = field.getJavaType() == FieldDescriptor.JavaType.INT;
    return bind(Whole.class, long.class, "get" + accessor(field), narrow ? int.class : long.class);
  }

  Decimal decimal(FieldDescriptor field) {
    boolean narrow = field.getJavaType() == FieldDescriptor.JavaType.FLOAT;
    return bind(
        Decimal.class, double.class, "get" + accessor(field), narrow ? float.class : double.class);
  }

  private <F> F bind(Class<F> face, Class<?> said, String getter, Class<?> given) {
    try {
      MethodHandle function =
          LambdaMetafactory.metafactory(
                  LOOKUP,
                  "of",
                  MethodType.methodType(face),
                  MethodType.methodType(said, Message.class),
                  LOOKUP.findVirtual(type, getter, MethodType.methodType(given)),
                  // What comes out is widened (int to long), what goes in is cast.
                  MethodType.methodType(said, type))
              .getTarget();
      return face.cast(function.invoke());
    } catch (Error fatal) {
      throw fatal;
    } catch (Throwable absent) {
      throw new IllegalArgumentException(
          type.getName() + ": " + getter + " (expected: a getter, as protoc makes them)", absent);
    }
  }

  /** As protoc writes it: a capital after each underscore and each digit. */
  private static String accessor(FieldDescriptor field) {
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
