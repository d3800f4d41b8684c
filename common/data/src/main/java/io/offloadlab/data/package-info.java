/**
 * Images: a {@link io.offloadlab.data.DataStore} finds a {@link io.offloadlab.data.Dataset}'s
 * images (given, cached or downloaded), an {@link io.offloadlab.data.ImageSet} hands them out as
 * normalised batches. It knows no engine and no strategy: batches are plain little-endian buffers.
 *
 * <p>The recipe of the embedded sample of Fashion-MNIST lies beside it in the resource {@code
 * fashion-mnist-sample/README.md}.
 */
package io.offloadlab.data;
