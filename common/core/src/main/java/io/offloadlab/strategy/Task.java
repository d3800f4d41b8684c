package io.offloadlab.strategy;

import java.util.List;
import java.util.Locale;

/**
 * A batch of images to classify.
 *
 * @param id position in the stream, from 0
 * @param source where the images arise and the prediction returns to
 * @param device the edge this task is assigned to (round-robin by default); strategies that use one
 *     edge per task use this one
 * @param arrivalSeconds when it arrives, from the start of the stream; 0 for sequential streams, in
 *     which a task arrives when the one before it is done
 * @param images indices into the data set
 */
public record Task(
    int id, NodeId source, NodeId device, double arrivalSeconds, List<Integer> images) {
  /** Copies the indices. */
  public Task {
    images = List.copyOf(images);
    if (images.isEmpty()) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, "task %d has no images", id));
    }
  }

  /** Number of images. */
  public int batch() {
    return images.size();
  }
}
