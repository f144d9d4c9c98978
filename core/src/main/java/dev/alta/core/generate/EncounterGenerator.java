package dev.alta.core.generate;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.CodeSystem;
import dev.alta.proto.v1.Role;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes synthetic encounters that keep to a contract: values with the published shares and means,
 * patients who come back, and an outcome that depends on the columns as {@link Effects} say and
 * otherwise on chance.
 *
 * <p>The same contract, effects and seed give the same rows, however many are asked for.
 */
public final class EncounterGenerator {
  // 71,518 patients had 101,766 encounters in the data set named in the contract.
  private static final double SHARE_OF_NEW_PATIENTS = 0.703;
  private static final double PATIENT_DEVIATION = 0.3;
  private static final int PILOT_ROWS = 20_000;
  private static final long FIRST_KEY = 1_000_001;
  private static final long FIRST_PATIENT = 5_000_001;

  private final Contract contract;
  private final Effects effects;
  private final long seed;
  private final SplittableRandom random;
  private final double[] cuts;
  private long rows;
  private long patients;

  public EncounterGenerator(Contract contract, Effects effects, long seed) {
    this.contract = contract;
    this.effects = effects;
    this.seed = seed;
    this.cuts = cuts();
    this.random = new SplittableRandom(seed);
  }

  /** The next encounter, with everything that {@code Door.STORE} asks for. */
  public Row next() {
    boolean isNew = patients == 0 || random.nextDouble() < SHARE_OF_NEW_PATIENTS;
    long patient = isNew ? patients++ : random.nextLong(patients);
    Row row = describe(patient, random);
    row.put(contract.key(), FIRST_KEY + rows++);
    row.put(contract.patient(), FIRST_PATIENT + patient);
    row.put(contract.target(), outcome(row, patient));
    return row;
  }

  /** Everything but who it is and what came of it. */
  private Row describe(long patient, RandomGenerator ofEncounter) {
    RandomGenerator ofPatient = patientRandom(patient);
    ofPatient.nextGaussian();
    Row row = new Row(contract);
    for (Column column : contract.stored()) {
      if (!column.identifies()) {
        put(row, column, effects.ofPatient(column) ? ofPatient : ofEncounter);
      }
    }
    return row;
  }

  private RandomGenerator patientRandom(long patient) {
    return new SplittableRandom(seed ^ (patient * 0x9E3779B97F4A7C15L));
  }

  private static void put(Row row, Column column, RandomGenerator random) {
    if (column.role() == Role.NUMBER) {
      double number = Numbers.draw(column, random);
      if (column.type() == Column.Type.WHOLE) {
        row.put(column, (long) number);
      } else {
        row.put(column, number);
      }
      return;
    }
    String value = value(column, random);
    if (column.type() == Column.Type.WHOLE) {
      row.put(column, Long.parseLong(value));
    } else {
      row.put(column, value);
    }
  }

  /** One of the listed values by their shares, or what stands for the rest. */
  private static String value(Column column, RandomGenerator random) {
    double left = random.nextDouble();
    List<Float> shares = column.shares();
    for (int i = 0; i < shares.size(); i++) {
      left -= shares.get(i);
      if (left < 0) {
        return column.values().get(i).value();
      }
    }
    if (column.codeSystem() == CodeSystem.ICD9) {
      return Integer.toString(random.nextInt(140, 800));
    }
    String marker = column.missingMarker();
    if (marker != null) {
      return marker;
    }
    return column.values().get(mostFrequent(shares)).value();
  }

  private static int mostFrequent(List<Float> shares) {
    int best = 0;
    for (int i = 1; i < shares.size(); i++) {
      best = shares.get(i) > shares.get(best) ? i : best;
    }
    return best;
  }

  private String outcome(Row row, long patient) {
    double risk = latentRisk(row, patient, random);
    int outcome = 0;
    while (outcome < cuts.length && risk > cuts[outcome] && !excluded(row)) {
      outcome++;
    }
    return contract.classes().get(outcome);
  }

  /** Effects of the columns, what is particular to the patient, and chance (standard logistic). */
  private double latentRisk(Row row, long patient, RandomGenerator chance) {
    double uniform = chance.nextDouble(1e-12, 1);
    return effects.risk(row)
        + PATIENT_DEVIATION * patientRandom(patient).nextGaussian()
        + Math.log(uniform / (1 - uniform));
  }

  private boolean excluded(Row row) {
    for (Column column : contract.columns()) {
      int position = row.position(column);
      if (position >= 0 && !column.values().get(position).excluded().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The latent risks between the outcomes: where a pilot sample has the target's shares. */
  private double[] cuts() {
    RandomGenerator pilot = new SplittableRandom(~seed);
    double[] risks = new double[PILOT_ROWS];
    for (int i = 0; i < risks.length; i++) {
      risks[i] = latentRisk(describe(i, pilot), i, pilot);
    }
    Arrays.sort(risks);
    List<Float> shares = contract.target().shares();
    double[] found = new double[contract.classes().size() - 1];
    double below = 0;
    for (int i = 0; i < found.length; i++) {
      below += shares.isEmpty() ? 1.0 / (found.length + 1) : shares.get(i);
      found[i] = risks[(int) Math.min(PILOT_ROWS - 1, Math.round(below * PILOT_ROWS))];
    }
    return found;
  }
}
