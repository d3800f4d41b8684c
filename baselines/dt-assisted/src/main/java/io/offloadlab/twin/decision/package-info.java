/**
 * What may be decided at a boundary and what it costs and is worth: exits, stops, the decision
 * space of a device, the state at a question, the utility.
 *
 * <p>Everything is reckoned from a system view and what a question tells. Nothing here remembers
 * earlier tasks or learns, but for the accuracy that a stream has used up.
 */
package io.offloadlab.twin.decision;
