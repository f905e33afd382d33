/** How fast it is, against plain H2 in the same run: programs that print a table, never tests that assert a time. */
@NullMarked
package io.blazedb.tck.bench;

import org.jspecify.annotations.NullMarked;
