package dev.alta.training.search;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Of a choice: how often each option was taken, with one taking more for each. */
final class OptionShares implements Density {
  private final double[] shares;

  private OptionShares(double[] shares) {
    this.shares = shares;
  }

  static OptionShares of(Dimension.Choice choice, double[] values) {
    double[] shares = new double[choice.options().size()];
    double all = shares.length + values.length;
    Arrays.fill(shares, 1 / all);
    for (double value : values) {
      shares[(int) value] += 1 / all;
    }
    return new OptionShares(shares);
  }

  @Override
  public double draw(RandomGenerator random) {
    double left = random.nextDouble();
    int option = 0;
    while (option < shares.length - 1 && left >= shares[option]) {
      left -= shares[option++];
    }
    return option;
  }

  @Override
  public double at(double value) {
    return shares[(int) value];
  }
}
