/** Whole nodes on a simulated clock, network and disk, in one thread. One seed decides everything and replays it. */
@NullMarked
package io.blazedb.sync.internal.simulation;

import org.jspecify.annotations.NullMarked;
