/** A small bug tracker, mapped with JPA. */
@NullMarked
package io.blazedb.tck.tools.tracker;

import org.jspecify.annotations.NullMarked;
