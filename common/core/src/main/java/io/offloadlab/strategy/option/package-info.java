/**
 * The options of strategies, as {@code -O STRATEGY.NAME=VALUE} gives them: each is declared once
 * with its type, default, range and a line of docs. An {@link
 * io.offloadlab.strategy.option.OptionSet} reads them all at once and refuses what is not declared,
 * naming the nearest that is. Strategies bind them to a record of their own; the command line lists
 * them without knowing any.
 */
package io.offloadlab.strategy.option;
