package io.blazedb.internal.schema;

import io.blazedb.SqlState;
import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.ColumnDefinition.Source;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.Check;
import io.blazedb.sync.TableDefinition.ForeignKey;
import io.blazedb.sync.TableDefinition.Index;
import io.blazedb.sync.TableDefinition.UniqueKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.h2.engine.SessionLocal;
import org.h2.schema.Schema;
import org.h2.table.Column;
import org.h2.table.Table;

/**
 * The statements that let a table hold the rows of a peer's. They only add and widen: what the peer does not have
 * stays, so two tables that are added to from both sides meet, in whatever order. Constraints count as present by
 * what they say, whatever their names.
 *
 * <p>Parses with the session that it was given, so it serves the thread of that session only. Runs nothing.
 */
public final class Additions {
    private final SessionLocal session;
    private final Declarations declarations;
    private final Widening widening;

    public Additions(SessionLocal session) {
        this.session = session;
        PeerSql peerSql = new PeerSql(session);
        declarations = new Declarations(peerSql);
        widening = new Widening(peerSql);
    }

    /**
     * What to run so that a table holds another's rows, in order; foreign keys last, since their parents must exist.
     *
     * <p>A column that cannot be added to rows that are there already is left out, and so is what refers to it:
     * NOT NULL without a constant default, and identity columns.
     *
     * @param have as {@link TableReader} reads the local table
     * @param wanted the definition of a peer, of the same schema and name
     * @throws SQLException {@link SqlState#SCHEMA_DIFFERS} when the peer's text is not harmless
     */
    public List<Addition> between(TableDefinition have, TableDefinition wanted) throws SQLException {
        return between(have, wanted, List.of());
    }

    /**
     * As {@link #between(TableDefinition, TableDefinition)}, but for what was dropped here.
     *
     * @param earlier the definitions that the local table has had: what one of them has and it has no more was dropped
     */
    public List<Addition> between(TableDefinition have, TableDefinition wanted, List<TableDefinition> earlier)
            throws SQLException {
        if (!have.schema().equals(wanted.schema()) || !have.name().equals(wanted.name())) {
            throw new IllegalArgumentException("additions to " + Names.quoted(have) + " from " + Names.quoted(wanted)
                    + " (expected: two definitions of one table)");
        }
        List<String> statements = new ArrayList<>();
        Set<String> known = new HashSet<>();
        have.columns().forEach(column -> known.add(column.name()));
        widenColumns(have, wanted, statements);
        addColumns(wanted, known, droppedColumns(earlier), statements);
        List<Addition> additions =
                new ArrayList<>(statements.stream().map(Addition::of).toList());
        addConstraints(have, wanted, known, earlier, additions);
        return additions;
    }

    /** What to run so that a table without a primary key has a peer's; nothing when its columns are not there. */
    public List<Addition> key(TableDefinition have, TableDefinition wanted) {
        List<Addition> statements = new ArrayList<>();
        List<String> columns = Names.columns(wanted, wanted.primaryKey());
        for (String name : columns) {
            Optional<ColumnDefinition> ours = column(have, name);
            Optional<ColumnDefinition> theirs = column(wanted, name);
            if (!ours.map(Sameness::ofColumn).equals(theirs.map(Sameness::ofColumn))) {
                return List.of();
            }
            ours.filter(ColumnDefinition::nullable)
                    .ifPresent(column -> statements.add(Addition.of(alterColumn(have, column) + " SET NOT NULL")));
        }
        statements.add(
                Addition.of("ALTER TABLE " + Names.quoted(have) + " ADD PRIMARY KEY " + Names.quotedList(columns)));
        return statements;
    }

    private static Optional<ColumnDefinition> column(TableDefinition table, String name) {
        return table.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    private void widenColumns(TableDefinition have, TableDefinition wanted, List<String> statements)
            throws SQLException {
        for (ColumnDefinition column : have.columns()) {
            Optional<ColumnDefinition> other = column(wanted, column.name());
            // The type of a generated column follows from its expression's.
            if (other.isEmpty() || column.source() == Source.GENERATED) {
                continue;
            }
            String what = "The type of column " + Names.quoted(column.name()) + " of table " + Names.quoted(have);
            Optional<String> type =
                    widening.of(what, column.sqlType(), other.get().sqlType());
            if (type.isPresent()) {
                statements.add(alterColumn(have, column) + " SET DATA TYPE " + type.get());
                keepWhatTheDomainSaid(have, column, statements);
            }
        }
    }

    /** A column that gets a type of its own leaves its domain; the domain's checks and default stay with it. */
    private void keepWhatTheDomainSaid(TableDefinition have, ColumnDefinition column, List<String> statements)
            throws SQLException {
        Schema schema = session.getDatabase().findSchema(have.schema());
        Table table = schema == null ? null : schema.findTableOrView(session, have.name());
        Column local = table == null ? null : table.findColumn(column.name());
        if (local == null || local.getDomain() == null) {
            return;
        }
        if (local.getDefaultExpression() == null && !column.defaultSql().isEmpty()) {
            statements.add(alterColumn(have, column) + " SET DEFAULT (" + declarations.defaultSql(have, column) + ")");
        }
        for (Check check : ConstraintReader.domainChecks(local)) {
            statements.add(declarations.addCheck(have, check).statement());
        }
    }

    private static String alterColumn(TableDefinition table, ColumnDefinition column) {
        return "ALTER TABLE " + Names.quoted(table) + " ALTER COLUMN " + Names.quoted(column.name());
    }

    /** Those that are still there are known anyway. */
    private static Set<String> droppedColumns(List<TableDefinition> earlier) {
        return earlier.stream()
                .flatMap(definition -> definition.columns().stream())
                .map(ColumnDefinition::name)
                .collect(Collectors.toSet());
    }

    /** Generated columns come last, since they may use others of those that are added. */
    private void addColumns(TableDefinition wanted, Set<String> known, Set<String> dropped, List<String> statements)
            throws SQLException {
        for (boolean generated : new boolean[] {false, true}) {
            for (int i = 0; i < wanted.columns().size(); i++) {
                ColumnDefinition column = wanted.columns().get(i);
                boolean now = (column.source() == Source.GENERATED) == generated;
                boolean isNew = !known.contains(column.name()) && !dropped.contains(column.name());
                if (now && isNew && addColumn(wanted, i, known, statements)) {
                    known.add(column.name());
                }
            }
        }
    }

    private boolean addColumn(TableDefinition wanted, int ordinal, Set<String> known, List<String> statements)
            throws SQLException {
        ColumnDefinition column = wanted.columns().get(ordinal);
        String add = "ALTER TABLE " + Names.quoted(wanted) + " ADD COLUMN ";
        switch (column.source()) {
            case IDENTITY_ALWAYS, IDENTITY_BY_DEFAULT -> {
                return false;
            }
            case GENERATED -> {
                if (!usesOnly(known, wanted, column.defaultSql())) {
                    return false;
                }
                statements.add(add + declarations.column(wanted, ordinal));
                return true;
            }
            case WRITTEN -> {
                return addWrittenColumn(wanted, ordinal, add, statements);
            }
            default -> throw new IllegalStateException("column of source " + column.source());
        }
    }

    private boolean addWrittenColumn(TableDefinition wanted, int ordinal, String add, List<String> statements)
            throws SQLException {
        ColumnDefinition column = wanted.columns().get(ordinal);
        if (declarations.hasConstantDefault(wanted, column)
                || (column.nullable() && column.defaultSql().isEmpty())) {
            statements.add(add + declarations.column(wanted, ordinal));
            return true;
        }
        if (!column.nullable()) {
            return false;
        }
        // H2 would fill the rows that are there, each node with values of its own.
        statements.add(add + declarations.columnWithoutDefault(wanted, ordinal));
        statements.add(alterColumn(wanted, column) + " SET DEFAULT (" + declarations.defaultSql(wanted, column) + ")");
        return true;
    }

    private void addConstraints(
            TableDefinition have,
            TableDefinition wanted,
            Set<String> known,
            List<TableDefinition> earlier,
            List<Addition> additions)
            throws SQLException {
        Signatures present = new Signatures(have, earlier);
        Signatures peer = new Signatures(wanted);
        for (UniqueKey key : wanted.uniqueKeys()) {
            if (present.lacks(peer.of(key)) && known.containsAll(Names.columns(wanted, key.columns()))) {
                additions.add(declarations.addUniqueKey(wanted, key));
            }
        }
        for (Check check : wanted.checks()) {
            if (present.lacks(peer.of(check)) && usesOnly(known, wanted, check.conditionSql())) {
                additions.add(declarations.addCheck(wanted, check));
            }
        }
        for (Index index : wanted.indexes()) {
            if (present.lacks(peer.of(index)) && known.containsAll(peer.columns(index))) {
                additions.add(Addition.of(declarations.createIndex(wanted, index)));
            }
        }
        for (ForeignKey key : wanted.foreignKeys()) {
            if (present.lacks(peer.of(key)) && known.containsAll(Names.columns(wanted, key.columns()))) {
                additions.add(declarations.addForeignKey(wanted, key));
            }
        }
    }

    /** Whether an expression names no column of the peer's table that is missing here. */
    private static boolean usesOnly(Set<String> known, TableDefinition table, String sql) {
        Set<String> missing = new HashSet<>();
        for (ColumnDefinition column : table.columns()) {
            if (!known.contains(column.name())) {
                missing.add(Names.quoted(column.name()));
            }
        }
        SqlTokens tokens = new SqlTokens(sql);
        for (SqlTokens.Kind kind = tokens.next(); kind != SqlTokens.Kind.END; kind = tokens.next()) {
            if (kind == SqlTokens.Kind.QUOTED_NAME && missing.contains(sql.substring(tokens.start(), tokens.end()))) {
                return false;
            }
        }
        return true;
    }
}
