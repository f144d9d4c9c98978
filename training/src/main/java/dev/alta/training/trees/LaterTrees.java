package dev.alta.training.trees;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** XGBoost's JSON as if the first trees were not in it; they are passed over without being read. */
final class LaterTrees extends JsonParserDelegate {
  private static final String TREES = "trees";

  private int left;

  LaterTrees(JsonParser all, int passedOver) {
    super(all);
    this.left = passedOver;
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    JsonToken token = delegate.nextToken();
    while (left > 0 && token == JsonToken.START_OBJECT && isTree()) {
      delegate.skipChildren();
      left--;
      token = delegate.nextToken();
    }
    return token;
  }

  private boolean isTree() {
    // The object lies in an array, and that in an object whose current field names it.
    JsonStreamContext array = delegate.getParsingContext().getParent();
    return array.inArray()
        && array.getParent() != null
        && TREES.equals(array.getParent().getCurrentName());
  }
}
