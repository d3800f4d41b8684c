package io.offloadlab.bench;

import io.offloadlab.data.ImageSet;
import java.util.Optional;

/**
 * The images of a run.
 *
 * @param set the images
 * @param origin where they came from, for the report
 * @param warning one line to say before the run, when they are not the real ones
 */
record Images(ImageSet set, String origin, Optional<String> warning) {}
