package io.offloadlab.nn;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Milliseconds of a basic block whose first convolution keeps 1 to all of its filters, one thread,
 * as CSV and as a picture: what a pruned block costs by its count of filters. All counts are timed
 * in turn, round after round, and the least time of each is kept, so that other work on the
 * machine, which comes and goes, falls on all alike.
 *
 * <pre>bin/benchmark common/runtime io.offloadlab.nn.KeptFiltersStudy CSV SVG [ROUNDS]</pre>
 */
final class KeptFiltersStudy {
  private static final int[][] BLOCKS = {{64, 32}, {128, 16}};
  private static final int[] BATCHES = {1, 128};

  /** Of one timing, in seconds. */
  private static final double LEAST = .004;

  private KeptFiltersStudy() {}

  /** Measures and writes the files anew after every round. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7;
    List<Curve> curves = new ArrayList<>();
    try (Engine engine = Engine.open(Engine.Processor.CPU, 1)) {
      for (int[] block : BLOCKS) {
        Curve.Block loaded = Curve.load(engine, block[0], block[1]);
        for (int batch : BATCHES) {
          curves.add(new Curve(loaded, batch));
        }
      }
      for (int round = 0; round < rounds; round++) {
        curves.forEach(c -> c.measure(engine));
        write(file, curves);
        KeptFiltersChart.draw(file, Path.of(arguments[1]));
      }
    }
  }

  private static void write(Path file, List<Curve> curves) throws IOException {
    StringBuilder csv = new StringBuilder("filters,side,batch,kept,ms\n");
    for (Curve c : curves) {
      for (int kept = 1; kept <= c.block.filters; kept++) {
        csv.append(
            String.format(
                Locale.ROOT,
                "%d,%d,%d,%d,%.4f%n",
                c.block.filters,
                c.block.side,
                c.batch,
                kept,
                c.seconds[kept] * 1e3));
      }
    }
    Files.writeString(file, csv);
  }

  /** Times of one block at one batch size. */
  static final class Curve {
    /** A block at every count of filters, from 1. */
    record Block(int filters, int side, List<Program> variants) {}

    private final Block block;
    private final int batch;
    private final double[] seconds;

    Curve(Block block, int batch) {
      this.block = block;
      this.batch = batch;
      this.seconds = new double[block.filters + 1];
      Arrays.fill(seconds, Double.POSITIVE_INFINITY);
    }

    static Block load(Engine engine, int filters, int side) {
      List<Program> variants = new ArrayList<>();
      for (int kept = 1; kept <= filters; kept++) {
        GraphBuilder g = new GraphBuilder(Shape.of(filters, side, side));
        g.conv("conv1", filters, kept, 3, 1).norm("bn1", kept).relu("relu1");
        g.conv("conv2", kept, filters, 3, 1).norm("bn2", filters);
        g.add("add", "bn2", "input").relu("relu2");
        Component block = new Component("block", g.build("block", List.of()), WeightRef.of("none"));
        variants.add(engine.load(block, RandomWeights.of(block.graph(), kept)));
      }
      return new Block(filters, side, variants);
    }

    void measure(Engine engine) {
      Shape shape = Shape.of(block.filters, block.side, block.side);
      float[] values = EngineGraphs.batch(shape, batch, 1);
      try (Tensor input = engine.wrap(EngineGraphs.direct(values), batch, shape)) {
        for (int kept = 1; kept <= block.filters; kept++) {
          seconds[kept] = Math.min(seconds[kept], time(block.variants.get(kept - 1), input));
        }
      }
    }

    private static double time(Program variant, Tensor input) {
      double least = Double.POSITIVE_INFINITY;
      long began = System.nanoTime();
      do {
        long start = System.nanoTime();
        variant.run(input).close();
        least = Math.min(least, (System.nanoTime() - start) / 1e9);
      } while ((System.nanoTime() - began) / 1e9 < LEAST);
      return least;
    }
  }
}
