/** The JDBC objects that an application holds: what BlazeDB changes on top of H2's. */
@NullMarked
package io.blazedb.internal.jdbc;

import org.jspecify.annotations.NullMarked;
