package dev.alta.loadtest.micro;

import dev.alta.model.kernel.Kernel;
import dev.alta.model.kernel.Softmax;
import dev.alta.model.kernel.TreeKernel;

/** Our kernel, with one scratch for all calls. */
final class KernelLane implements Lane {
  private final TreeKernel kernel;
  private final Kernel.Scratch scratch;
  private final Kernel.BlockScratch blockScratch;
  private final float[][] blocks;
  private final int rows;
  private final float[] outputs;

  KernelLane(BoostedModel model, int rows) {
    this.kernel = TreeKernel.of(JsonForest.of(model.json()), model.features());
    this.scratch = kernel.scratch();
    this.blockScratch = kernel.blockScratch();
    this.blocks = model.blocks(rows);
    this.rows = rows;
    this.outputs = new float[rows * kernel.outputs()];
  }

  @Override
  public Object score(int block) {
    if (rows == 1) {
      kernel.margins(blocks[block], scratch, outputs);
    } else {
      kernel.margins(blocks[block], rows, blockScratch, outputs);
    }
    for (int row = 0; row < rows; row++) {
      if (kernel.outputs() == 1) {
        outputs[row] = (float) (1 / (1 + Math.exp(-outputs[row])));
      } else {
        Softmax.apply(outputs, row * kernel.outputs(), kernel.outputs());
      }
    }
    return outputs;
  }

  @Override
  public float[] read(Object scored) {
    return ((float[]) scored).clone();
  }
}
