/**
 * What two nodes say to each other, and what each makes of it. Pure: no input or output, no clock, no threads; who
 * calls brings the time and does what is asked.
 */
@NullMarked
package io.blazedb.sync.internal.session;

import org.jspecify.annotations.NullMarked;
