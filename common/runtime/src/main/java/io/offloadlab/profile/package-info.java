/**
 * How fast the nodes and links of a running system are: measured before the stream, refreshed while
 * it runs.
 *
 * <p>A {@link io.offloadlab.profile.Profiler} asks nodes and links to measure themselves over the
 * real connection, a {@link io.offloadlab.profile.LiveView} keeps the result and smooths what tasks
 * experience into it, and {@link io.offloadlab.view.SystemViewFile} keeps a view on disk, so that a
 * decision can be made again. Nothing here opens a socket.
 */
package io.offloadlab.profile;
