/** Pools, ORMs and published test suites, as they come from Maven Central, on any URL. */
@NullMarked
package io.blazedb.tck.tools;

import org.jspecify.annotations.NullMarked;
