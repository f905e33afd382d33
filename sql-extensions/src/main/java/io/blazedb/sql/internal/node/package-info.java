/** What stands between our values and Calcite: tokens, the node of a statement, the printing of predicates, errors. */
@NullMarked
package io.blazedb.sql.internal.node;

import org.jspecify.annotations.NullMarked;
