package io.blazedb.internal.node;

import io.blazedb.internal.node.Tables.Described;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.TableDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** How the authors of other origins describe their tables, by the numbers that they gave. For several threads. */
final class PeerDefinitions {
    private final Map<Id, Described> all = new ConcurrentHashMap<>();

    /** The number that an origin gave a definition. */
    record Id(OriginId origin, long id) {
        static Id parse(String text) {
            int dot = text.indexOf('.');
            return new Id(OriginId.parse(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1)));
        }

        @Override
        public String toString() {
            return origin + "." + id;
        }
    }

    @Nullable
    Described get(Id id) {
        return all.get(id);
    }

    void put(Id id, Described described) {
        all.put(id, described);
    }

    void forEach(BiConsumer<OriginId, TableDefinition> action) {
        all.forEach((id, described) -> action.accept(id.origin(), described.definition()));
    }

    /** The last definition of each origin of the tables of that name. */
    List<Described> last(String schema, String name) {
        Map<OriginId, Map.Entry<Long, Described>> last = new HashMap<>();
        all.forEach((id, described) -> {
            if (isOf(described, schema, name)) {
                last.merge(
                        id.origin(),
                        Map.entry(id.id(), described),
                        (one, other) -> one.getKey() > other.getKey() ? one : other);
            }
        });
        return last.values().stream().map(Map.Entry::getValue).toList();
    }

    /** What those who declare a table so declared it to be before. */
    List<TableDefinition> before(TableDefinition definition) {
        Set<OriginId> authors = new HashSet<>();
        all.forEach((id, described) -> {
            if (described.definition().equals(definition)) {
                authors.add(id.origin());
            }
        });
        return all.entrySet().stream()
                .filter(known -> authors.contains(known.getKey().origin())
                        && known.getKey().id() < definition.id())
                .map(Map.Entry::getValue)
                .filter(known -> isOf(known, definition.schema(), definition.name()))
                .map(Described::definition)
                .toList();
    }

    private static boolean isOf(Described described, String schema, String name) {
        TableDefinition definition = described.definition();
        return definition.schema().equals(schema) && definition.name().equals(name);
    }
}
