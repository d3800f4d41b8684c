/**
 * DDPG-based DEC-DNN-IO (Xu et al., "Learning-Based Edge-Device Collaborative DNN Inference in IoVT
 * Networks", IEEE Internet of Things Journal, 2024): which exit each device's tasks take, where
 * their chain is split between device and cloud, and how many of the cloud's cores each gets.
 *
 * <p>{@code environment} is the problem, {@code planning} learns a plan on it or finds the best one
 * by search, and {@code agent} learns and knows nothing of all this. Here is what the laboratory
 * sees: the strategies, their options and the command that trains beforehand.
 */
package io.offloadlab.ddpg;
