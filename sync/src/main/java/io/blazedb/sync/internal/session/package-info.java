/**
 * What two nodes that meet must know of each other, and what follows from it. Pure: no input or output, no clock, no
 * threads; values in, values out.
 */
@NullMarked
package io.blazedb.sync.internal.session;

import org.jspecify.annotations.NullMarked;
