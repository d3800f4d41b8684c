package io.offloadlab.twin.learning;

import io.offloadlab.twin.decision.Situation;
import java.util.Arrays;

/**
 * What one boundary of one task taught. The target is worked out when it is trained on, with the
 * network of then: {@code shift + max(nextStop, nextGuess + net(next)) - guess}.
 *
 * @param boundary see {@link Situation#boundary}
 * @param state network input at the boundary
 * @param guess what going on was thought to be worth, before the network's correction
 * @param shift seconds lost on the way to the next boundary that count for neither, negative
 * @param nextStop utility of stopping at the next boundary
 * @param nextGuess as {@code guess}, at the next boundary; minus infinity when it is the last
 * @param nextBoundary where the task could stop next
 * @param next network input there
 */
@SuppressWarnings("ArrayRecordComponent") // rows of numbers, many of them
public record BoundarySample(
    int boundary,
    float[] state,
    double guess,
    double shift,
    double nextStop,
    double nextGuess,
    int nextBoundary,
    float[] next) {
  @Override
  public boolean equals(Object o) {
    return o instanceof BoundarySample s
        && s.boundary == boundary
        && s.nextBoundary == nextBoundary
        && Arrays.equals(s.state, state)
        && s.guess == guess
        && s.shift == shift
        && s.nextStop == nextStop
        && s.nextGuess == nextGuess
        && Arrays.equals(s.next, next);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(state);
  }

  @Override
  public String toString() {
    return "Sample" + Arrays.toString(state);
  }
}
