@NullMarked
package io.blazedb.internal.statement;

import org.jspecify.annotations.NullMarked;
