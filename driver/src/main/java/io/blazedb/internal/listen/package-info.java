/** Tells applications what was committed. */
@NullMarked
package io.blazedb.internal.listen;

import org.jspecify.annotations.NullMarked;
