/** What every JDBC program may rely on; plain H2 keeps each of these contracts, or the contract is wrong. */
@NullMarked
package io.blazedb.tck.contract;

import org.jspecify.annotations.NullMarked;
