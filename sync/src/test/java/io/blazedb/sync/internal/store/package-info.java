@NullMarked
package io.blazedb.sync.internal.store;

import org.jspecify.annotations.NullMarked;
