/** Topologies, nodes and connections as a database remembers them, in its schema BLAZE. */
@NullMarked
package io.blazedb.internal.catalog;

import org.jspecify.annotations.NullMarked;
