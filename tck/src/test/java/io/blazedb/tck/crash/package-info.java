/** What is left of a database when its process dies: crash images, real kills, and what must be true afterwards. */
@NullMarked
package io.blazedb.tck.crash;

import org.jspecify.annotations.NullMarked;
