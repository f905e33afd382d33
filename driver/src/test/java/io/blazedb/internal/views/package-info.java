@NullMarked
package io.blazedb.internal.views;

import org.jspecify.annotations.NullMarked;
