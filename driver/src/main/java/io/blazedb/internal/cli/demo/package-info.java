/** The demo: two databases of a small team, each step SQL with its real result; a wrong result ends it. */
@NullMarked
package io.blazedb.internal.cli.demo;

import org.jspecify.annotations.NullMarked;
