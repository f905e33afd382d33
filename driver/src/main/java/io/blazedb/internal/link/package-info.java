/** Links between the databases of one process: a copy of the rows first, then every operation as it is committed. */
@NullMarked
package io.blazedb.internal.link;

import org.jspecify.annotations.NullMarked;
