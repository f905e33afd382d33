/** The views of the schema BLAZE: one table function each, which asks the engine of the database that runs it. */
@NullMarked
package io.blazedb.internal.views;

import org.jspecify.annotations.NullMarked;
