@NullMarked
package io.blazedb.internal.node;

import org.jspecify.annotations.NullMarked;
