/**
 * How a task comes from its arrival to its prediction, whoever moves it. A {@link
 * io.offloadlab.course.Course} is a state machine without a clock: told what happened, it says what
 * the task does next; the live runtime and the simulator both drive it. {@link
 * io.offloadlab.course.Dialogue} puts a strategy's questions together, the same ones for both, and
 * {@link io.offloadlab.course.Whereabouts} tells from what was decided where tasks are and who
 * waits for whom: the one inference-status twin.
 */
package io.offloadlab.course;
