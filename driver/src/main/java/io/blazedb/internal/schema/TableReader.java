package io.blazedb.internal.schema;

import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.ColumnDefinition.Source;
import io.blazedb.sync.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.h2.expression.Expression;
import org.h2.index.Index;
import org.h2.mvstore.db.MVTable;
import org.h2.schema.Schema;
import org.h2.schema.Sequence;
import org.h2.table.Column;
import org.h2.table.Table;
import org.h2.util.HasSQL;

/**
 * Describes H2's tables as peers see them, from the catalogue objects in memory: no SQL, no lock, no side effect. So
 * a committing thread may call it; the caller keeps the table from being altered meanwhile, as H2's table lock does.
 *
 * <p>Two tables that were declared alike read alike, whatever their constraints' order and made-up names.
 */
public final class TableReader {
    /** While H2 alters a table it fills a copy of this name: base name, session, number. */
    private static final Pattern COPY_NAME = Pattern.compile(".*_COPY_\\d+_\\d+", Pattern.DOTALL);

    private TableReader() {}

    /** Whether a table can be synced: a plain persistent one of the user, not one of H2's or ours. */
    public static boolean isUserTable(Table table) {
        return table instanceof MVTable
                && !table.isTemporary()
                && !table.isGlobalTemporary()
                && table.isPersistData()
                && isUserSchema(table.getSchema())
                && !COPY_NAME.matcher(table.getName()).matches();
    }

    /** Whether a schema is neither one of H2's nor ours. */
    public static boolean isUserSchema(Schema schema) {
        return !Names.isReservedSchema(schema.getName());
    }

    /**
     * Reads one table.
     *
     * @param table one for which {@link #isUserTable(Table)} holds
     * @param id the number under which the definition stands in the log
     */
    public static TableDefinition read(MVTable table, long id) {
        List<ColumnDefinition> columns = new ArrayList<>();
        for (Column column : table.getColumns()) {
            columns.add(readColumn(column));
        }
        ConstraintReader constraints = new ConstraintReader(table);
        return new TableDefinition(
                id,
                table.getSchema().getName(),
                table.getName(),
                columns,
                primaryKey(table),
                constraints.uniqueKeys(),
                constraints.foreignKeys(),
                constraints.checks(),
                constraints.indexes());
    }

    private static List<Integer> primaryKey(Table table) {
        Index key = table.findPrimaryKey();
        return key == null ? List.of() : ConstraintReader.ordinals(key.getIndexColumns());
    }

    private static ColumnDefinition readColumn(Column column) {
        Source source = source(column);
        String type = column.getType()
                .getSQL(new StringBuilder(), HasSQL.DEFAULT_SQL_FLAGS)
                .toString();
        return new ColumnDefinition(column.getName(), type, column.isNullable(), defaultSql(column, source), source);
    }

    private static Source source(Column column) {
        if (column.isIdentity()) {
            return column.isGeneratedAlways() ? Source.IDENTITY_ALWAYS : Source.IDENTITY_BY_DEFAULT;
        }
        return column.isGenerated() ? Source.GENERATED : Source.WRITTEN;
    }

    private static String defaultSql(Column column, Source source) {
        if (source == Source.IDENTITY_ALWAYS || source == Source.IDENTITY_BY_DEFAULT) {
            Sequence sequence = column.getSequence();
            return sequence == null ? "" : new IdentityOptions(sequence.getStartValue(), sequence.getIncrement()).sql();
        }
        Expression expression = column.getEffectiveDefaultExpression();
        return expression == null ? "" : sql(expression);
    }

    static String sql(Expression expression) {
        return expression
                .getUnenclosedSQL(new StringBuilder(), HasSQL.DEFAULT_SQL_FLAGS)
                .toString();
    }
}
