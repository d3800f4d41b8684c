/**
 * Files as a whole: what their bytes are known by.
 *
 * <p>{@link io.offloadlab.files.Sha256} is the one place that reckons checksums. It knows nothing
 * of what a file holds.
 */
package io.offloadlab.files;
