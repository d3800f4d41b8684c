package io.offloadlab.bench.run;

/** Has nothing said of the accuracy of a network whose weights are random. */
record LatencyAlone() implements Interposed.Between {
  @Override
  public double accuracy(double expected) {
    return Double.NaN;
  }
}
