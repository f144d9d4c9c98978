package dev.alta.app.model;

import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import java.time.Clock;

/** The model that this program trains and serves. */
public final class Models {
  /** Its name in the bucket. */
  public static final String NAME = "readmission";

  private Models() {}

  /** Its part of a bucket. */
  public static Registry in(ObjectStore bucket) {
    return new Registry(bucket, NAME, Clock.systemUTC());
  }
}
