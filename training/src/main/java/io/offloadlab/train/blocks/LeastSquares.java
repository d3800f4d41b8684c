package io.offloadlab.train.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.stream.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The best kernels of one block's variants, all fitted on the same activations. */
final class LeastSquares implements AutoCloseable {
  /** One kernel to find. */
  private record Fit(Variant variant, String convolution, NormalEquations equations) {}

  private final List<Fit> fits = new ArrayList<>();
  private final Original original;
  private final RandomGenerator random;

  LeastSquares(List<Variant> variants, Original original, NDManager owner, long seed) {
    this.original = original;
    this.random = RandomStreams.named(seed, "patches/" + variants.get(0).piece().name());
    for (Variant v : variants) {
      for (String convolution : v.consumers()) {
        NormalEquations equations = new NormalEquations(v.convolution(convolution), owner);
        fits.add(new Fit(v, convolution, equations));
      }
    }
  }

  /** Adds what the block reads for some images. */
  void add(Piece piece, NDArray input) {
    for (Fit fit : fits) {
      NDArray target = original.inside(piece, fit.convolution, input);
      NDArray mine = fit.variant.before(fit.convolution, input);
      fit.equations.add(mine, target, random);
      target.close();
      if (mine != input) {
        mine.close();
      }
    }
  }

  void solve() {
    fits.forEach(f -> f.variant.setKernel(f.convolution, f.equations.solve()));
  }

  @Override
  public void close() {
    fits.forEach(f -> f.equations.close());
  }
}
