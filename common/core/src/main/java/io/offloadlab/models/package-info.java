/**
 * Shipped models: where a model's files are, which network its weights belong to, and what was
 * measured of it.
 *
 * <p>A model's directory holds {@code backbone.safetensors}, {@code blocks.safetensors} and {@code
 * profile.json}; network, classes and width are read from the weights themselves, so nothing here
 * depends on a data set. Nothing here knows an inference engine.
 */
package io.offloadlab.models;
