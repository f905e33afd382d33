/** Decides what concurrent writes come to. Pure: no input or output, no clock, no threads; values in, values out. */
@NullMarked
package io.blazedb.sync.internal.merge;

import org.jspecify.annotations.NullMarked;
