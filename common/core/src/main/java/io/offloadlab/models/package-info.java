/**
 * Shipped models: where a model's files are, which network its weights belong to, and what was
 * measured of it.
 *
 * <p>A model's directory holds {@code backbone.safetensors}, {@code blocks.safetensors} and {@code
 * profile.json}; which network it is stands in the metadata of the weights, so nothing here depends
 * on a data set or on the names of tensors. Nothing here knows an inference engine.
 */
package io.offloadlab.models;
