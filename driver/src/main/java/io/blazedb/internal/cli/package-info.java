/** The command line of {@code blazedb.jar}: the SQL shell and the demo. Nothing else of the driver knows it. */
@NullMarked
package io.blazedb.internal.cli;

import org.jspecify.annotations.NullMarked;
