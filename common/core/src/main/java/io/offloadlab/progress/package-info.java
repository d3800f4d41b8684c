/**
 * How long work shows that it goes on: a bar on standard error while somebody watches, nothing when
 * output goes to a file or a pipe; and how it is asked to stop.
 *
 * <p>Whether somebody watches is decided here and nowhere else, because Java's own answer changed
 * meaning with version 22.
 */
package io.offloadlab.progress;
