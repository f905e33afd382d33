package io.blazedb.internal.schema;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.h2.message.DbException;
import org.h2.util.HasSQL;
import org.h2.value.TypeInfo;
import org.h2.value.Value;

/**
 * Finds the type that a column must have to hold its own values and a peer's. It is the same on both sides, so two
 * nodes that widen toward each other meet; only labels that both have may stand in another order. For the session's
 * thread.
 */
final class Widening {
    private final PeerSql peerSql;

    Widening(PeerSql peerSql) {
        this.peerSql = peerSql;
    }

    /**
     * The type that holds both, as SQL.
     *
     * @param what whose type it is, for the error
     * @return empty when the column holds the peer's values as it is, or when no type holds both
     */
    Optional<String> of(String what, String have, String wanted) throws SQLException {
        DeclaredType ours = new DeclaredType(have);
        DeclaredType theirs = new DeclaredType(wanted);
        TypeInfo ourType = peerSql.type(what, have);
        TypeInfo theirType = peerSql.type(what, wanted);
        if (!ours.isComparableWith(theirs)) {
            return Optional.empty();
        }
        if (ours.isEnum()) {
            DeclaredType both = ours.withLabelsOf(theirs);
            return both.equals(ours) ? Optional.empty() : Optional.of(both.text());
        }
        Optional<TypeInfo> both = higher(ourType, theirType);
        if (both.isEmpty() || isSame(both.get(), ourType)) {
            return Optional.empty();
        }
        return Optional.of(
                isSame(both.get(), theirType)
                        ? wanted
                        : both.get()
                                .getSQL(new StringBuilder(), HasSQL.DEFAULT_SQL_FLAGS)
                                .toString());
    }

    /** Empty for types that only look comparable, as arrays of different enumerations. */
    private static Optional<TypeInfo> higher(TypeInfo ours, TypeInfo theirs) {
        if (ours.getValueType() == Value.ROW) {
            return Optional.of(ours);
        }
        if (ours.getValueType() == Value.ENUM) {
            return ours.equals(theirs) ? Optional.of(ours) : Optional.empty();
        }
        if (ours.getExtTypeInfo() instanceof TypeInfo ourElement
                && theirs.getExtTypeInfo() instanceof TypeInfo theirElement) {
            long length = Math.max(ours.getPrecision(), theirs.getPrecision());
            return higher(ourElement, theirElement)
                    .map(element -> TypeInfo.getTypeInfo(Value.ARRAY, length, 0, element));
        }
        try {
            return Optional.of(TypeInfo.getHigherType(ours, theirs));
        } catch (DbException notComparable) {
            return Optional.empty();
        }
    }

    private static boolean isSame(TypeInfo a, TypeInfo b) {
        if (a.getValueType() != b.getValueType()
                || a.getPrecision() != b.getPrecision()
                || a.getScale() != b.getScale()) {
            return false;
        }
        if (a.getExtTypeInfo() instanceof TypeInfo elementOfA && b.getExtTypeInfo() instanceof TypeInfo elementOfB) {
            return isSame(elementOfA, elementOfB);
        }
        // NUMERIC and DECIMAL are two words for one type.
        return a.getValueType() == Value.NUMERIC || Objects.equals(a.getExtTypeInfo(), b.getExtTypeInfo());
    }
}
