package io.offloadlab.twin;

import java.util.Arrays;

/**
 * What one boundary of one task taught. The target is worked out when it is trained on, with the
 * network of then: {@code shift + max(nextStop, nextGuess + net(next)) - guess}.
 *
 * @param state network input at the boundary
 * @param guess what going on was thought to be worth, before the network's correction
 * @param shift seconds lost on the way to the next boundary that count for neither, negative
 * @param nextStop utility of stopping at the next boundary
 * @param nextGuess as {@code guess}, at the next boundary; minus infinity when it is the last
 * @param next network input at the next boundary
 */
@SuppressWarnings("ArrayRecordComponent") // rows of numbers, many of them
record Sample(
    float[] state, double guess, double shift, double nextStop, double nextGuess, float[] next) {
  @Override
  public boolean equals(Object o) {
    return o instanceof Sample s
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
