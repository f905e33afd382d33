/**
 * What a node needs of the world besides its disk, which is {@code log.LogDirectory}: time, chance, a network, and to
 * be called later. Small, so that a simulation can stand in for the world with the same code running on it.
 */
@NullMarked
package io.blazedb.sync.internal.environment;

import org.jspecify.annotations.NullMarked;
