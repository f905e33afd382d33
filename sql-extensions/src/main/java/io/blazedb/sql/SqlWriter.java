package io.blazedb.sql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a statement as SQL, one part after the other with a space between. Every name is quoted. For one thread. */
public final class SqlWriter {
    private final StringBuilder sql = new StringBuilder();
    private final Secrets secrets;

    SqlWriter(Secrets secrets) {
        this.secrets = secrets;
    }

    SqlWriter words(String words) {
        if (sql.length() > 0 && sql.charAt(sql.length() - 1) != '(') {
            sql.append(' ');
        }
        sql.append(words);
        return this;
    }

    SqlWriter wordsIf(boolean condition, String words) {
        return condition ? words(words) : this;
    }

    SqlWriter keyword(String before, Keyword keyword) {
        return words(before).words(keyword.words());
    }

    SqlWriter name(Identifier identifier) {
        return words(quoted(identifier));
    }

    SqlWriter name(String before, Optional<Identifier> identifier) {
        identifier.ifPresent(name -> words(before).name(name));
        return this;
    }

    SqlWriter table(TableName table) {
        return words(quoted(table));
    }

    SqlWriter comma() {
        sql.append(',');
        return this;
    }

    /** {@code before (a, b)}, or nothing for an empty list. */
    SqlWriter names(String before, List<Identifier> names) {
        if (!names.isEmpty()) {
            wordsIf(!before.isEmpty(), before)
                    .list(names.stream().map(SqlWriter::quoted).toList());
        }
        return this;
    }

    /** {@code before a, b}, or nothing for an empty list. */
    SqlWriter tables(String before, List<TableName> tables) {
        return tables.isEmpty()
                ? this
                : words(before).words(tables.stream().map(SqlWriter::quoted).collect(Collectors.joining(", ")));
    }

    SqlWriter list(List<String> parts) {
        return words("(" + String.join(", ", parts) + ")");
    }

    SqlWriter values(List<Value> values) {
        return list(values.stream().map(this::text).toList());
    }

    SqlWriter value(Value value) {
        return words(text(value));
    }

    SqlWriter value(String before, Optional<Value> value) {
        value.ifPresent(present -> words(before).value(present));
        return this;
    }

    SqlWriter secret(Secret secret) {
        return words(secretText(secret.value()));
    }

    SqlWriter options(Map<ConnectOption, Value> options) {
        if (!options.isEmpty()) {
            words("WITH").list(options.entrySet().stream().map(this::option).toList());
        }
        return this;
    }

    private String option(Map.Entry<ConnectOption, Value> entry) {
        ConnectOption option = entry.getKey();
        String value = option.isSecret() ? secretText(entry.getValue()) : text(entry.getValue());
        return option.words() + " " + value;
    }

    private String secretText(Value secret) {
        boolean masked = secrets == Secrets.MASKED && !(secret instanceof Value.Parameter);
        return masked ? string(Secret.MASK) : text(secret);
    }

    private String text(Value value) {
        if (value instanceof Value.Text text) {
            return string(secrets == Secrets.MASKED ? UrlMask.mask(text.text()) : text.text());
        }
        return value instanceof Value.Parameter ? "?" : value.asText();
    }

    static String string(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String quoted(TableName table) {
        return table.schema().map(schema -> quoted(schema) + ".").orElse("") + quoted(table.table());
    }

    static String quoted(Identifier identifier) {
        return '"' + identifier.name().replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return sql.toString();
    }
}
