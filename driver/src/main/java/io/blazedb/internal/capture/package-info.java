/**
 * H2's commit point: the rows that a transaction changed become one record of the log. Every touch of H2's inside that
 * is not a public method is in this package and in {@code org.h2.mvstore.tx}.
 */
@NullMarked
package io.blazedb.internal.capture;

import org.jspecify.annotations.NullMarked;
