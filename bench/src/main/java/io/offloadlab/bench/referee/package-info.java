/**
 * Checks what strategies do, whoever wrote them: nobody referees their own game.
 *
 * <p>A {@link io.offloadlab.bench.referee.Referee} sees every record of one stream, live and
 * simulated alike, and holds routes and outcome against the scenario: accuracy, memory budgets,
 * capacity of nodes and links, and plans that change on the way. What it finds is marked in every
 * table of the run; nothing is corrected.
 */
package io.offloadlab.bench.referee;
