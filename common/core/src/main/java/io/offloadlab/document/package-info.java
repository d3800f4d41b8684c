/**
 * Files that people write, read so that nothing in them is guessed, converted or passed over.
 *
 * <p>{@link io.offloadlab.document.Document} reads YAML and knows the line of every key; {@link
 * io.offloadlab.document.StrictJson} is the JSON that is as strict. What is wrong is said in one
 * line: file, line, key, value, and what was expected.
 */
package io.offloadlab.document;
