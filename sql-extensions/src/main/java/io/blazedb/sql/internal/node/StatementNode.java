package io.blazedb.sql.internal.node;

import io.blazedb.sql.Secrets;
import io.blazedb.sql.Statement;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * A statement of ours as a node of Calcite's tree. The statement prints itself, so the tree and the value cannot
 * disagree. As Calcite prints its nodes into logs and messages, a node shows no secret.
 */
public final class StatementNode extends SqlCall {
    private final Statement statement;

    public StatementNode(SqlParserPos position, Statement statement) {
        super(position);
        this.statement = statement;
    }

    public Statement statement() {
        return statement;
    }

    @Override
    public SqlOperator getOperator() {
        return new SqlSpecialOperator(statement.name(), SqlKind.OTHER_DDL);
    }

    /** Empty: names and predicates are validated against H2's catalog, not Calcite's. */
    @Override
    public List<SqlNode> getOperandList() {
        return List.of();
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.print(statement.toSql(Secrets.MASKED));
    }

    @Override
    public SqlNode clone(SqlParserPos position) {
        return new StatementNode(position, statement);
    }

    @Override
    public boolean equalsDeep(@Nullable SqlNode other, Litmus litmus) {
        boolean isEqual = other instanceof StatementNode node && statement.equals(node.statement);
        return isEqual ? litmus.succeed() : litmus.fail("{} != {}", this, other);
    }
}
