/** Tables as peers describe them to each other: read from H2, compared, and created in H2. */
@NullMarked
package io.blazedb.internal.schema;

import org.jspecify.annotations.NullMarked;
