package io.offloadlab.learning.curve;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One figure of a training: a column of {@code training.csv}, and a curve of TensorBoard if it has
 * a tag.
 *
 * @param column header, such as {@code critic_loss}
 * @param tag TensorBoard's name, such as {@code train/critic_loss}; empty for none
 * @param value how it is read
 * @param <T> what a row is made from
 */
public record Curve<T>(String column, Optional<String> tag, Function<T, Number> value) {
  /** A column alone. */
  public static <T> Curve<T> column(String column, Function<T, Number> value) {
    return new Curve<>(column, Optional.empty(), value);
  }

  /** A column that TensorBoard shows too. */
  public static <T> Curve<T> shown(String column, String tag, ToDoubleFunction<T> value) {
    return new Curve<>(column, Optional.of(tag), value::applyAsDouble);
  }
}
