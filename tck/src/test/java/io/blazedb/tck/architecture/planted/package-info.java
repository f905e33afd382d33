/** What the architecture rules forbid, to show that they notice. */
@NullMarked
package io.blazedb.tck.architecture.planted;

import org.jspecify.annotations.NullMarked;
