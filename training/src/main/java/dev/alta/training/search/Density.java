package dev.alta.training.search;

import java.util.random.RandomGenerator;

/** Where the values of one setting lie, with some weight everywhere. */
sealed interface Density permits Bells, OptionShares {
  double draw(RandomGenerator random);

  /** The density at a value, up to a factor that is the same for all densities of a setting. */
  double at(double value);
}
