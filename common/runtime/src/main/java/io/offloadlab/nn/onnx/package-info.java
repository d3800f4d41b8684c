/**
 * The inference engine ONNX Runtime.
 *
 * <p>A program is written as an ONNX model and becomes a session for each number of threads that it
 * is run with; threads wait without spinning between runs, because other nodes may share their
 * cores. Inputs are read where they lie, and outputs are written to memory that the program uses
 * again. This package alone knows ONNX.
 */
package io.offloadlab.nn.onnx;
