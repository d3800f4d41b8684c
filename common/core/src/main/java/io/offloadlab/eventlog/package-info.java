/**
 * Curves of a training as TensorBoard reads them.
 *
 * <p>Every trainer of the laboratory writes its event files here, so that one TensorBoard shows
 * them side by side. It knows nothing of what is trained.
 */
package io.offloadlab.eventlog;
