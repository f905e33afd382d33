/** Black-box tests of BlazeDB: what they know is {@code java.sql} and a URL. */
@NullMarked
package io.blazedb.tck;

import org.jspecify.annotations.NullMarked;
