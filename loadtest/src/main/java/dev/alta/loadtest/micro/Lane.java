package dev.alta.loadtest.micro;

/** One of those that are compared: answers blocks of rows that it has been given beforehand. */
interface Lane {
  /** Computes the probabilities of a block of rows, in whatever form comes first. */
  Object score(int block);

  /** What {@link #score} gave as floats, row by row. */
  float[] read(Object scored);
}
