/** What {@code blazedb.jar} is and does: nothing else is on the class path of the processes that run it. */
@NullMarked
package io.blazedb.tck.jar;

import org.jspecify.annotations.NullMarked;
