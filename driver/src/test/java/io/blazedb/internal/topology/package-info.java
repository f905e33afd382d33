@NullMarked
package io.blazedb.internal.topology;

import org.jspecify.annotations.NullMarked;
