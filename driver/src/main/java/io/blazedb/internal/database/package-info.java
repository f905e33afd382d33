/** One object per open database: store, log, life cycle, sessions. */
@NullMarked
package io.blazedb.internal.database;

import org.jspecify.annotations.NullMarked;
