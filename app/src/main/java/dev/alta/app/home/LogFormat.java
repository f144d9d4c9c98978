package dev.alta.app.home;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;

/** How a line of the log is written. */
public enum LogFormat {
  /** For people. */
  TEXT {
    @Override
    Encoder<ILoggingEvent> encoder(LoggerContext context) {
      PatternLayoutEncoder encoder = new PatternLayoutEncoder();
      encoder.setContext(context);
      encoder.setPattern(
          "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger %msg"
              + "%replace( traceparent=%X{traceparent}){' traceparent=$', ''}%n");
      encoder.start();
      return encoder;
    }
  },

  /**
   * For log collectors: one object a line, with {@code timestamp} (milliseconds since 1970), {@code
   * level}, {@code threadName}, {@code loggerName}, {@code formattedMessage}, {@code throwable}
   * where there is one and, in {@code mdc}, the call's {@code traceparent}.
   */
  JSON {
    @Override
    Encoder<ILoggingEvent> encoder(LoggerContext context) {
      JsonEncoder encoder = new JsonEncoder();
      encoder.setContext(context);
      encoder.setWithFormattedMessage(true);
      encoder.setWithMessage(false);
      encoder.setWithArguments(false);
      encoder.setWithContext(false);
      encoder.setWithNanoseconds(false);
      encoder.setWithSequenceNumber(false);
      encoder.start();
      return encoder;
    }
  };

  abstract Encoder<ILoggingEvent> encoder(LoggerContext context);
}
