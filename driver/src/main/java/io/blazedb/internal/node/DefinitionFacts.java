package io.blazedb.internal.node;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import io.blazedb.sync.internal.wire.TableDefinitionCodec;
import java.nio.ByteBuffer;
import java.util.Map;

/** Definitions of tables as facts of the log: by their authors, this node's own apart. Stateless. */
public final class DefinitionFacts {
    static final String DEFINITION = "definition.";
    static final String OWN = DEFINITION + "own.";

    private DefinitionFacts() {}

    /** Whether a fact is a definition: then links have to hear of it. */
    public static boolean isDefinition(String factName) {
        return factName.startsWith(DEFINITION);
    }

    /** The definition in a fact, and whose it is. */
    public static Map.Entry<OriginId, TableDefinition> definitionIn(String factName, byte[] bytes, OriginId self) {
        OriginId origin = factName.startsWith(OWN)
                ? self
                : OriginId.parse(factName.substring(DEFINITION.length(), factName.lastIndexOf('.')));
        return Map.entry(origin, read(bytes));
    }

    static byte[] bytesOf(TableDefinition definition) {
        ByteWriter out = new ByteWriter();
        TableDefinitionCodec.write(out, definition);
        return out.toByteArray();
    }

    static TableDefinition read(byte[] bytes) {
        try {
            return TableDefinitionCodec.read(new ByteReader(ByteBuffer.wrap(bytes)));
        } catch (MalformedException e) {
            throw new IllegalStateException("A table definition of this database cannot be read: " + e.getMessage(), e);
        }
    }
}
