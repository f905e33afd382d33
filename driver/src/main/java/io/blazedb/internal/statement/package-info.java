/** Tells from its text what a statement does: read, write, define, or one that H2 must not run as it is. */
@NullMarked
package io.blazedb.internal.statement;

import org.jspecify.annotations.NullMarked;
