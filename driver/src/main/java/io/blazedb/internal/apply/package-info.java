/** Change sets of peers, merged and written into H2 below SQL, one H2 transaction at a time. */
@NullMarked
package io.blazedb.internal.apply;

import org.jspecify.annotations.NullMarked;
