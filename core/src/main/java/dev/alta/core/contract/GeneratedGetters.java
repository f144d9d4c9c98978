package dev.alta.core.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.lang.invoke.MethodType;

/**
 * The getters of a generated message class as functions, bound once: a call of one costs what a
 * call of the getter does, and boxes nothing.
 */
final class GeneratedGetters {
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
    return bind(Has.class, boolean.class, "has" + Accessor.name(field), boolean.class);
  }

  Text text(FieldDescriptor field) {
    return bind(Text.class, String.class, "get" + Accessor.name(field), String.class);
  }

  Whole whole(FieldDescriptor field) {
    boolean narrow = field.getJavaType() == FieldDescriptor.JavaType.INT;
    return bind(
        Whole.class, long.class, "get" + Accessor.name(field), narrow ? int.class : long.class);
  }

  Decimal decimal(FieldDescriptor field) {
    boolean narrow = field.getJavaType() == FieldDescriptor.JavaType.FLOAT;
    return bind(
        Decimal.class,
        double.class,
        "get" + Accessor.name(field),
        narrow ? float.class : double.class);
  }

  private <F> F bind(Class<F> face, Class<?> said, String getter, Class<?> given) {
    // What comes out is widened (int to long), what goes in is cast.
    return Accessor.bind(
        face,
        MethodType.methodType(said, Message.class),
        type,
        getter,
        MethodType.methodType(given));
  }
}
