/**
 * Random numbers whose whole state a checkpoint can hold. One generator is behind every random
 * choice of a training, so that one seed gives one result, interrupted or not.
 */
package io.offloadlab.learning.random;
