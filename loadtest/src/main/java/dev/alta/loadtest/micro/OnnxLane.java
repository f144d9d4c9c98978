package dev.alta.loadtest.micro;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** ONNX Runtime; the rows lie in direct memory already, so that it need not copy them. */
final class OnnxLane implements Lane {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final FloatBuffer[] blocks;
  private final long[] shape;

  OnnxLane(BoostedModel model, int rows) {
    this.session = session(model);
    float[][] plain = model.blocks(rows);
    this.blocks = new FloatBuffer[plain.length];
    for (int block = 0; block < plain.length; block++) {
      blocks[block] =
          ByteBuffer.allocateDirect(Float.BYTES * plain[block].length)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer()
              .put(plain[block])
              .flip();
    }
    this.shape = new long[] {rows, model.features()};
  }

  private OrtSession session(BoostedModel model) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      byte[] file = OnnxFile.of(JsonForest.of(model.json()), model.features());
      return environment.createSession(file, options);
    } catch (OrtException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public Object score(int block) {
    try (OnnxTensor rows = OnnxTensor.createTensor(environment, blocks[block], shape);
        OrtSession.Result result = session.run(Map.of("rows", rows))) {
      float[][] answers = (float[][]) result.get(0).getValue();
      for (float[] answer : answers) {
        if (answer.length == 1) {
          answer[0] = (float) (1 / (1 + Math.exp(-answer[0])));
        }
      }
      return answers;
    } catch (OrtException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public float[] read(Object scored) {
    return XgboostLane.flat((float[][]) scored);
  }
}
