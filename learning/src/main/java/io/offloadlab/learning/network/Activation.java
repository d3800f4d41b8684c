package io.offloadlab.learning.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a layer does to its sums. */
public enum Activation {
  /** Nothing: the layer stays linear. */
  @JsonProperty("identity")
  IDENTITY {
    @Override
    float apply(float x) {
      return x;
    }

    @Override
    float slope(float y) {
      return 1;
    }
  },
  /** {@code max(0, x)}. */
  @JsonProperty("relu")
  RELU {
    @Override
    float apply(float x) {
      return Math.max(x, 0);
    }

    @Override
    float slope(float y) {
      return y > 0 ? 1 : 0;
    }
  },
  /** Hyperbolic tangent. */
  @JsonProperty("tanh")
  TANH {
    @Override
    float apply(float x) {
      return (float) Math.tanh(x);
    }

    @Override
    float slope(float y) {
      return 1 - y * y;
    }
  };

  abstract float apply(float x);

  /** Derivative, from the activation's output. */
  abstract float slope(float y);
}
