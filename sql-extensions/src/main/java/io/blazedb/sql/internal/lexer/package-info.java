/** H2's lexical rules, without any class of Calcite: the driver reads the beginning of every statement with them. */
@NullMarked
package io.blazedb.sql.internal.lexer;

import org.jspecify.annotations.NullMarked;
