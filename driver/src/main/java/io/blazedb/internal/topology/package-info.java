/** The shapes that topologies keep by themselves, and the ways to draw one. Pure functions. */
@NullMarked
package io.blazedb.internal.topology;

import org.jspecify.annotations.NullMarked;
