package io.offloadlab.train;

import io.offloadlab.data.DataStore;
import io.offloadlab.data.Datasets;
import io.offloadlab.data.ImageSet;
import io.offloadlab.data.Lookup;
import io.offloadlab.data.Split;
import java.util.Optional;

/** The embedded images. */
public final class EmbeddedImages {
  private EmbeddedImages() {}

  /** Embedded images of clothing. */
  public static ImageSet fashion(Split split) {
    Lookup found =
        DataStore.standard(Optional.empty()).offline().find(Datasets.FASHION_MNIST_SAMPLE, split);
    return ((Lookup.Found) found).images();
  }
}
