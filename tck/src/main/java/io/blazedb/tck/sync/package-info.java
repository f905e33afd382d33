/** Databases with much data and many keys, to be filled, changed by several writers at once, and compared. */
@NullMarked
package io.blazedb.tck.sync;

import org.jspecify.annotations.NullMarked;
