/** What tests of applications need beside SQL. */
@NullMarked
package io.blazedb.testing;

import org.jspecify.annotations.NullMarked;
