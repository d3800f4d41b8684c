/**
 * Files as a whole: how they are written, what their bytes are known by, where those that can be
 * fetched again are kept.
 *
 * <p>{@link io.offloadlab.files.WholeFile} is the one place that writes files which must not be
 * seen half-written, and {@link io.offloadlab.files.Sha256} the one that reckons checksums. It
 * knows nothing of what a file holds.
 */
package io.offloadlab.files;
