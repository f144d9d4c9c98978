package dev.alta.core.contract;

/** Where a row comes in; decides which columns it must bring. */
public enum Door {
  /** Into the database: key, patient and target are required, every encounter is stored. */
  STORE,
  /**
   * To be scored: key, patient and target may be left out; encounters that are no cases for the
   * prediction are refused.
   */
  SCORE
}
