package io.blazedb.sql;

import java.util.Optional;

/** A table, with its schema if the statement named one. */
public record TableName(Optional<Identifier> schema, Identifier table) {

    public Position position() {
        return schema.orElse(table).position();
    }

    @Override
    public String toString() {
        return schema.map(name -> name + ".").orElse("") + table;
    }
}
