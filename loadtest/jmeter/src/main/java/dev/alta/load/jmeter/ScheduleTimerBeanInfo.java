package dev.alta.load.jmeter;

import java.beans.PropertyDescriptor;
import org.apache.jmeter.testbeans.BeanInfoSupport;

/** What JMeter's page of a {@link ScheduleTimer} shows, beside its resources' words. */
public final class ScheduleTimerBeanInfo extends BeanInfoSupport {
  /** Called by JMeter. */
  public ScheduleTimerBeanInfo() {
    super(ScheduleTimer.class);
    usually("perSecond", 100.0);
    usually("steps", 1);
    usually("stepSeconds", 20);
  }

  private void usually(String name, Object value) {
    PropertyDescriptor property = property(name);
    property.setValue(NOT_UNDEFINED, true);
    property.setValue(DEFAULT, value);
  }
}
