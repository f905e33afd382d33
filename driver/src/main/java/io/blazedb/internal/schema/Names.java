package io.blazedb.internal.schema;

import io.blazedb.sync.TableDefinition;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.h2.util.StringUtils;

/** Identifiers: how they are quoted, which schemas are nobody's to sync, which names H2 made up. */
public final class Names {
    private static final Set<String> RESERVED_SCHEMAS = Set.of("BLAZE", "INFORMATION_SCHEMA", "PG_CATALOG");

    /** H2 makes a name of a prefix and the digits of a hash, then a number if those are taken. */
    private static final Pattern MADE_UP = Pattern.compile("(CONSTRAINT|INDEX|PRIMARY_KEY)_[0-9A-F]{1,8}(_\\d+)?");

    private Names() {}

    static boolean isReservedSchema(String schema) {
        return RESERVED_SCHEMAS.contains(StringUtils.toUpperEnglish(schema));
    }

    /** The name, or nothing when the database made it up. */
    static String declared(String name) {
        return MADE_UP.matcher(name).matches() ? "" : name;
    }

    static String quoted(String name) {
        return StringUtils.quoteIdentifier(name);
    }

    static String quoted(String schema, String name) {
        return quoted(schema) + "." + quoted(name);
    }

    public static String quoted(TableDefinition table) {
        return quoted(table.schema(), table.name());
    }

    static String quotedList(List<String> names) {
        return names.stream().map(Names::quoted).collect(Collectors.joining(", ", "(", ")"));
    }

    /** The names of a key's columns, in the order of the key. */
    static List<String> columns(TableDefinition table, List<Integer> ordinals) {
        return ordinals.stream()
                .map(ordinal -> table.columns().get(ordinal).name())
                .toList();
    }
}
