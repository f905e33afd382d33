@NullMarked
package io.blazedb.sync.internal.log;

import org.jspecify.annotations.NullMarked;
