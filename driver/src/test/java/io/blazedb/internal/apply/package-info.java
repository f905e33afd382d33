/** Tests of what becomes of merged rows. */
@NullMarked
package io.blazedb.internal.apply;

import org.jspecify.annotations.NullMarked;
