/** What a relay keeps of a database, in a log and in files. {@link io.blazedb.sync.FrameStore} is the way in. */
@NullMarked
package io.blazedb.sync.internal.store;

import org.jspecify.annotations.NullMarked;
