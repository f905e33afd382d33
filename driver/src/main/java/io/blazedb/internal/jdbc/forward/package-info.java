/** The java.sql interfaces, each method delegated; nothing else. */
@NullMarked
package io.blazedb.internal.jdbc.forward;

import org.jspecify.annotations.NullMarked;
