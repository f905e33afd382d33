package io.blazedb.internal.catalog;

/** What a database remembers of topologies, nodes and connections, in its schema BLAZE. */
public final class Catalog {}
