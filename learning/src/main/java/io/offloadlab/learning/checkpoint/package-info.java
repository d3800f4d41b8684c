/**
 * The state of a training as one file from which it goes on: safetensors with descriptions of what
 * it belongs to.
 *
 * <p>Files are written whole or not at all. A checkpoint of something else is refused in one line
 * that names both.
 */
package io.offloadlab.learning.checkpoint;
