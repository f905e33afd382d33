/** The rules of the code's shape that can be checked by reading classes and sources. */
@NullMarked
package io.blazedb.tck.architecture;

import org.jspecify.annotations.NullMarked;
