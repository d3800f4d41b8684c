package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.network.Floats;
import java.nio.FloatBuffer;

/**
 * What one batch says.
 *
 * @param critic gradient of the critic's loss; owned by the algorithm, overwritten by the next
 *     batch
 * @param actor gradient of the actor's loss; likewise
 * @param criticLoss mean squared error of the critic
 * @param value mean value of the actor's actions in the critic's eyes
 * @param observations of the batch, normalised, row by row
 */
record ActorCriticGradients(
    Floats critic, Floats actor, double criticLoss, double value, FloatBuffer observations) {}
