package io.offloadlab.scenario;

import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.NetworkFamilies;
import io.offloadlab.graph.NetworkFamily;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.NetworkCard;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Networks with random weights as users write them: {@code FAMILY@SIDE}, such as {@code
 * vgg16-imagenet@224} for colour images of 224x224 pixels and the 1000 classes of ImageNet, or
 * {@code FAMILY/WIDTH@SIDE} with so many channels in the first layer.
 */
public final class NetworkText {
  private static final Pattern NETWORK =
      Pattern.compile("([a-z][a-z0-9-]*)(?:/([1-9][0-9]{0,3}))?@([1-9][0-9]{0,3})");

  /** What a network looks like, as a regular expression; none look otherwise. */
  static final String SCHEMA = NETWORK.pattern();

  private static final int CLASSES = 1000;
  private static final int CHANNELS = 3;

  private NetworkText() {}

  /**
   * A network from its text.
   *
   * @throws UsageError if it is not understood, or there is no such network
   */
  public static NetworkCard parse(String text) {
    Matcher m = NETWORK.matcher(text);
    if (!m.matches()) {
      throw new UsageError(
          "network '%s' is not understood: write FAMILY@SIDE or FAMILY/WIDTH@SIDE, such as vgg16-imagenet@224"
              .formatted(text));
    }
    NetworkFamily family =
        NetworkFamilies.find(m.group(1))
            .orElseThrow(() -> UsageError.unknown("network", m.group(1), NetworkFamilies.names()));
    int width = m.group(2) == null ? family.publishedWidth() : Integer.parseInt(m.group(2));
    int side = Integer.parseInt(m.group(3));
    NetworkCard card =
        new NetworkCard(family.name(), width, CLASSES, Shape.of(CHANNELS, side, side), List.of());
    try {
      card.network();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UsageError("network '%s': %s".formatted(text, e.getMessage()), e);
    }
    return card;
  }
}
