package dev.alta.loadtest.micro;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.core.feature.EncoderFitter;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Forest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trees of depth 6 that XGBoost has grown, in its formats, and rows to ask them for. Grown once and
 * kept in {@code loadtest/target}, since each benchmark is a process of its own.
 */
public final class BoostedModel {
  private static final int GROWN_ON = 20_000;
  private static final int ASKED = 4_096;
  private static final int ROUNDS = 200;
  private static final int DEPTH = 6;
  private static final int FOREST_TREES = 100;
  private static final int FOREST_DEPTH = 12;
  private static final int DENSE_FEATURES = 117;
  private static final Path FOLDER = Path.of("loadtest", "target", "boosted-models");

  private final byte[] json;
  private final byte[] legacy;
  private final float[][] rows;

  private BoostedModel(byte[] json, byte[] legacy, float[][] rows) {
    this.json = json;
    this.legacy = legacy;
    this.rows = rows;
  }

  /** Vectors, and the class of each. */
  private static final class Rows {
    private final float[][] vectors;
    private final float[] outcomes;

    private Rows(float[][] vectors, float[] outcomes) {
      this.vectors = vectors;
      this.outcomes = outcomes;
    }
  }

  /** Length of a vector. */
  int features() {
    return rows[0].length;
  }

  /** XGBoost's own format. */
  byte[] json() {
    return json;
  }

  /** XGBoost's binary format of before. */
  byte[] legacy() {
    return legacy;
  }

  /** Vectors that the trees were not grown on. */
  float[][] rows() {
    return rows;
  }

  /**
   * Gets a model.
   *
   * @param name {@code classes}: 600 trees for the three classes of generated encounters; {@code
   *     binary}: 200 trees for the most urgent one; {@code forest}: a random forest of 300 trees of
   *     depth 12 for the three; {@code dense}: 600 trees for three classes on 117 numbers that are
   *     never missing nor alike; {@code dense-forest}: a random forest on these
   */
  static BoostedModel of(String name) {
    Rows rows = name.startsWith("dense") ? dense() : encounters();
    // Rows of another width, after a change of the contract, need other trees.
    String kept = name + "-" + rows.vectors[0].length;
    Path json = FOLDER.resolve(kept + ".json");
    Path legacy = FOLDER.resolve(kept + ".model");
    try {
      Path answers = FOLDER.resolve(kept + ".answers");
      if (Files.notExists(json) || Files.notExists(answers)) {
        Booster booster = grow(rows, name);
        Files.createDirectories(FOLDER);
        Files.write(legacy, booster.toByteArray("deprecated"));
        // For who is measured outside of Java.
        float[] asked = flat(rows.vectors, GROWN_ON, ASKED);
        int features = rows.vectors[0].length;
        Files.write(FOLDER.resolve(kept + ".rows"), bytes(asked));
        Files.write(
            answers,
            bytes(XgboostLane.flat(booster.inplace_predict(asked, ASKED, features, Float.NaN))));
        Path whole = Files.write(FOLDER.resolve(kept + ".part"), booster.toByteArray("json"));
        Files.move(whole, json, StandardCopyOption.ATOMIC_MOVE);
      }
      float[][] asked = new float[ASKED][];
      System.arraycopy(rows.vectors, GROWN_ON, asked, 0, ASKED);
      return new BoostedModel(Files.readAllBytes(json), Files.readAllBytes(legacy), asked);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (XGBoostError failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The rows as they follow each other, so many at a time. */
  float[][] blocks(int size) {
    int features = features();
    float[][] blocks = new float[rows.length / size][size * features];
    for (int row = 0; row < blocks.length * size; row++) {
      System.arraycopy(rows[row], 0, blocks[row / size], row % size * features, features);
    }
    return blocks;
  }

  private static float[] flat(float[][] vectors, int from, int count) {
    int features = vectors[0].length;
    float[] flat = new float[count * features];
    for (int row = 0; row < count; row++) {
      System.arraycopy(vectors[from + row], 0, flat, row * features, features);
    }
    return flat;
  }

  private static byte[] bytes(float[] numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  private static Booster grow(Rows rows, String name) throws XGBoostError {
    boolean binary = name.equals("binary");
    boolean forest = name.endsWith("forest");
    int features = rows.vectors[0].length;
    float[] flat = flat(rows.vectors, 0, GROWN_ON);
    float[] labels = new float[GROWN_ON];
    for (int row = 0; row < GROWN_ON; row++) {
      labels[row] = binary ? (rows.outcomes[row] == 2 ? 1 : 0) : rows.outcomes[row];
    }
    DMatrix matrix = new DMatrix(flat, GROWN_ON, features, Float.NaN);
    matrix.setLabel(labels);
    Map<String, Object> settings = new HashMap<>();
    settings.put("objective", binary ? "binary:logistic" : "multi:softprob");
    if (!binary) {
      settings.put("num_class", 3);
    }
    settings.put("base_score", 0.5f);
    settings.put("max_depth", forest ? FOREST_DEPTH : DEPTH);
    if (forest) {
      settings.put("num_parallel_tree", FOREST_TREES);
      settings.put("eta", 1);
      settings.put("subsample", 0.63f);
      settings.put("colsample_bynode", 0.3f);
    } else {
      settings.put("eta", 0.1f);
      settings.put("colsample_bytree", 0.3f);
    }
    settings.put("nthread", 1);
    settings.put("seed", 1);
    return XGBoost.train(matrix, settings, forest ? 1 : ROUNDS, Map.of(), null, null);
  }

  /** The 600 trees for generated encounters, and the encoder whose vectors they read. */
  public static Grown ofEncounters() {
    return new Grown(encoder(cleaned()), JsonForest.of(of("classes").json()));
  }

  /** Trees as a model keeps them. */
  public record Grown(Encoder encoder, Forest forest) {}

  private static Rows encounters() {
    Contract contract = Contract.of(Encounter.getDescriptor());
    List<Row> cleaned = cleaned();
    Encoder encoder = encoder(cleaned);
    float[] outcomes = new float[cleaned.size()];
    for (int row = 0; row < outcomes.length; row++) {
      outcomes[row] = cleaned.get(row).position(contract.target());
    }
    return new Rows(cleaned.stream().map(encoder::encode).toArray(float[][]::new), outcomes);
  }

  private static List<Row> cleaned() {
    Contract contract = Contract.of(Encounter.getDescriptor());
    Cleaner cleaner = new Cleaner(contract);
    EncounterGenerator generator = new EncounterGenerator(contract, Effects.of(contract), 1);
    List<Row> cleaned = new ArrayList<>();
    while (cleaned.size() < GROWN_ON + ASKED) {
      if (cleaner.clean(generator.next()) instanceof Cleaned.Kept kept) {
        cleaned.add(kept.row());
      }
    }
    return cleaned;
  }

  private static Encoder encoder(List<Row> cleaned) {
    EncoderFitter fitter = new EncoderFitter(cleaned.get(0).contract());
    cleaned.forEach(fitter::add);
    return fitter.fit(cleaned.size() / 200);
  }

  private static Rows dense() {
    SplittableRandom random = new SplittableRandom(1);
    float[][] vectors = new float[GROWN_ON + ASKED][DENSE_FEATURES];
    float[] outcomes = new float[vectors.length];
    for (int row = 0; row < vectors.length; row++) {
      double sum = 2 * random.nextGaussian();
      for (int i = 0; i < DENSE_FEATURES; i++) {
        vectors[row][i] = (float) random.nextGaussian();
        sum += i % 3 == 0 ? vectors[row][i] : vectors[row][i] * vectors[row][i / 3];
      }
      outcomes[row] = sum < -5 ? 0 : sum < 5 ? 1 : 2;
    }
    return new Rows(vectors, outcomes);
  }
}
