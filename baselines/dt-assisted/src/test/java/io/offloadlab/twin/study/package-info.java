/**
 * The study behind {@code docs/dt-assisted.md}: long-run utility of every policy, what each part of
 * the strategy contributes and how fast it learns.
 *
 * <p>{@link io.offloadlab.twin.study.Study} runs it, on {@link
 * io.offloadlab.twin.study.StudyWorld}, whose speeds are set so that it comes out the same
 * everywhere. The policies that only it compares with are here too.
 */
package io.offloadlab.twin.study;
