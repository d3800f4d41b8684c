/**
 * The pictures of a report as data: what is drawn, and three ways to write it down, as options of a
 * chart in the browser, as an SVG or PNG file, and as a CSV file. Every way shows the same numbers.
 * It knows no strategy and no run.
 */
package io.offloadlab.bench.figure;
