/** The JDBC driver {@code jdbc:blaze:}. */
@NullMarked
package io.blazedb;

import org.jspecify.annotations.NullMarked;
