package io.offloadlab.bench.metric;

import java.util.BitSet;
import java.util.List;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * How many images were classified as labelled.
 *
 * @param images all that were classified
 * @param correct those classified as labelled
 * @param distinct record numbers of the images; one that comes again says nothing new
 */
record Answers(long images, long correct, BitSet distinct) {
  /** Of intervals. */
  private static final double ERROR_RATE = 0.05;

  /** The normal distribution's 97.5th percentile. */
  private static final double Z = 1.959963984540054;

  /** Those of several streams. */
  static Answers of(List<Answers> each) {
    BitSet distinct = new BitSet();
    each.forEach(a -> distinct.or(a.distinct()));
    return new Answers(
        each.stream().mapToLong(Answers::images).sum(),
        each.stream().mapToLong(Answers::correct).sum(),
        distinct);
  }

  double accuracy() {
    return (double) correct / images;
  }

  /** Wilson's score interval, from as many images as there are different ones. */
  Interval interval() {
    int n = distinct.cardinality();
    var wilson =
        BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
            n, (int) Math.round(accuracy() * n), ERROR_RATE);
    return new Interval(wilson.getLowerBound(), wilson.getUpperBound());
  }

  /**
   * Different images that it takes for an interval of so much to either side: Wilson's half-width
   * at this accuracy, solved for the number.
   */
  long imagesFor(double halfWidth) {
    double p = accuracy();
    double spread = p * (1 - p);
    // (n + z^2)^2 w^2 = z^2 (n p (1-p) + z^2 / 4), a quadratic in n.
    double z2 = Z * Z;
    double a = halfWidth * halfWidth;
    double b = 2 * z2 * a - z2 * spread;
    double c = z2 * z2 * (a - 0.25);
    return (long) Math.ceil((-b + Math.sqrt(b * b - 4 * a * c)) / (2 * a));
  }
}
