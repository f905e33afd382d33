@NullMarked
package io.blazedb.sql;

import org.jspecify.annotations.NullMarked;
