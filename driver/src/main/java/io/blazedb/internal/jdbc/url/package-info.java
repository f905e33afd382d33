/** Reads JDBC URLs: where the database is, our settings, and the H2 settings that may pass. */
@NullMarked
package io.blazedb.internal.jdbc.url;

import org.jspecify.annotations.NullMarked;
