@NullMarked
package io.blazedb.internal.hub;

import org.jspecify.annotations.NullMarked;
