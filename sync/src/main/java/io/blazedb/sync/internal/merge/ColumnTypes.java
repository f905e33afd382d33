package io.blazedb.sync.internal.merge;

import java.math.BigDecimal;

/**
 * What merging has to know of the values of one table, whose bytes mean nothing to it otherwise. Asked only about
 * columns with a rule. Every node must answer the same for the same bytes and the same declared type.
 */
public interface ColumnTypes {
    /** For tables without rules on values: asked anything, it fails. */
    ColumnTypes UNKNOWN = new UnknownTypes();

    boolean isNull(byte[] value);

    /** The order of two values of a column, neither NULL: a total order of what they stand for. */
    int compare(int column, byte[] one, byte[] other);

    /** The number that a value stands for, exactly; NULL counts as zero. */
    BigDecimal number(byte[] value);

    /** Whether the column's type can hold a number of that size. */
    boolean fits(int column, BigDecimal number);

    /**
     * The value of the column's type that is nearest to a number; {@link RowValues#UNKNOWN} of a column that the table
     * does not have any more.
     */
    byte[] value(int column, BigDecimal number);

    /** The value of a counter that nobody has written: NULL, or zero where the column does not take NULL. */
    byte[] none(int column);
}
