/** What makes an open database a node: its identity, its clock, what it has of whom, and its links to others. */
@NullMarked
package io.blazedb.internal.node;

import org.jspecify.annotations.NullMarked;
