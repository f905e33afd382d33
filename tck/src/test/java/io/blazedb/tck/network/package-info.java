/** Tests of the network that {@code @SyncNetwork} gives to applications' tests. */
@NullMarked
package io.blazedb.tck.network;

import org.jspecify.annotations.NullMarked;
