package io.blazedb.internal.catalog;

import io.blazedb.sql.TopologyPattern;
import java.util.Optional;

/**
 * A topology as its creator named it.
 *
 * @param hub of a pattern that has one; empty until the first node is there
 */
public record TopologyEntry(String name, TopologyPattern pattern, Optional<String> hub) {}
