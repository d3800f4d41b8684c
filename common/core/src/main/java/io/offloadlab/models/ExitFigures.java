package io.offloadlab.models;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.weights.Dtype;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What every exit says of every test image: enough to replay any rule of when a sample leaves. It
 * rests as safetensors beside the profile: nine bytes an exit and image, read by any language, and
 * checked by the reader of weights.
 *
 * @param exits names, the earliest first
 * @param verdicts one an image
 */
public record ExitFigures(List<String> exits, List<Verdict> verdicts) {
  private static final String EXITS = "exits";
  private static final String RECORDS = "records";
  private static final String CONFIDENCE = "confidence";
  private static final String ENTROPY = "entropy";
  private static final String CORRECT = "correct";

  /**
   * What the exits say of an image.
   *
   * @param record its number in the data set's test files, from 0
   * @param confidence largest class probability, in 0..1, by exit; at rest in single precision
   * @param entropy of the class probabilities, in nats, by exit; at rest in single precision
   * @param correct whether the class of the largest probability is the true one, by exit
   */
  public record Verdict(
      int record, List<Double> confidence, List<Double> entropy, List<Boolean> correct) {
    /** Copies the lists. */
    public Verdict {
      confidence = List.copyOf(confidence);
      entropy = List.copyOf(entropy);
      correct = List.copyOf(correct);
    }
  }

  /** Copies the lists. */
  public ExitFigures {
    exits = List.copyOf(exits);
    verdicts = List.copyOf(verdicts);
  }

  /**
   * Writes them, replacing what was there.
   *
   * @throws RunFailure if the file cannot be written
   */
  public void write(Path file) {
    int n = verdicts.size();
    int width = exits.size();
    ByteBuffer records = ByteBuffer.allocate(n * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer correct = ByteBuffer.allocate(n * width);
    float[] confidence = new float[n * width];
    float[] entropy = new float[n * width];
    for (int i = 0; i < n; i++) {
      Verdict verdict = verdicts.get(i);
      records.putLong(verdict.record);
      for (int e = 0; e < width; e++) {
        confidence[i * width + e] = verdict.confidence.get(e).floatValue();
        entropy[i * width + e] = verdict.entropy.get(e).floatValue();
        correct.put((byte) (verdict.correct.get(e) ? 1 : 0));
      }
    }
    List<Integer> shape = List.of(n, width);
    SafeTensorsWriter.write(
        file,
        Map.of(EXITS, String.join(",", exits)),
        List.of(
            new StoredTensor(RECORDS, Dtype.I64, List.of(n), records.flip()),
            StoredTensor.of(CONFIDENCE, shape, confidence),
            StoredTensor.of(ENTROPY, shape, entropy),
            new StoredTensor(CORRECT, Dtype.U8, shape, correct.flip())));
  }

  /**
   * Reads them.
   *
   * @throws RunFailure if the file is missing, corrupt or holds something else
   */
  static ExitFigures read(Path file) {
    SafeTensors all = SafeTensors.open(file);
    List<String> exits = List.of(all.metadata().getOrDefault(EXITS, "").split(","));
    int width = exits.size();
    int n = all.tensor(RECORDS).elements();
    StoredTensor records = all.tensor(RECORDS, List.of(n));
    StoredTensor correct = all.tensor(CORRECT, List.of(n, width));
    if (records.dtype() != Dtype.I64 || correct.dtype() != Dtype.U8) {
      throw new RunFailure("%s: holds something else than what exits say".formatted(file));
    }
    float[] confidence = all.weights(CONFIDENCE, List.of(n, width)).floats();
    float[] entropy = all.weights(ENTROPY, List.of(n, width)).floats();
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long record = records.data().getLong(i * Long.BYTES);
      if (record < 0 || record > Integer.MAX_VALUE) {
        throw new RunFailure(
            String.format(Locale.ROOT, "%s: image %d has the number %d", file, i, record));
      }
      List<Boolean> right = new ArrayList<>();
      for (int e = 0; e < width; e++) {
        right.add(correct.data().get(i * width + e) != 0);
      }
      verdicts.add(
          new Verdict((int) record, row(confidence, i, width), row(entropy, i, width), right));
    }
    return new ExitFigures(exits, verdicts);
  }

  private static List<Double> row(float[] values, int row, int width) {
    List<Double> part = new ArrayList<>(width);
    for (int e = 0; e < width; e++) {
      part.add((double) values[row * width + e]);
    }
    return part;
  }
}
