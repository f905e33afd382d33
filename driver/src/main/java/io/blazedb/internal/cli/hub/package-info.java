/** The commands {@code blazedb hub ...}: each asks the hub in a directory for one thing, whether it runs or not. */
@NullMarked
package io.blazedb.internal.cli.hub;

import org.jspecify.annotations.NullMarked;
