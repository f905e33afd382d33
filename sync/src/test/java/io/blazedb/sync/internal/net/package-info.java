@NullMarked
package io.blazedb.sync.internal.net;

import org.jspecify.annotations.NullMarked;
