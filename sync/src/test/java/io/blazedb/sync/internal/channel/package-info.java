@NullMarked
package io.blazedb.sync.internal.channel;

import org.jspecify.annotations.NullMarked;
