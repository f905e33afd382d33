@NullMarked
package io.blazedb.sync;

import org.jspecify.annotations.NullMarked;
