@NullMarked
package io.blazedb.internal.catalog;

import org.jspecify.annotations.NullMarked;
