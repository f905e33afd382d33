package io.blazedb.internal.capture;

/**
 * Reads the body of a transaction's record block by block and row by row, without decoding values.
 *
 * <p>After {@link #nextBlock} the table is known, after {@link #nextRow} the row. The position of {@link #input} is
 * then at the row's values. For one thread.
 */
public final class EffectReader {
    private final RecordInput in;
    private int tableId;
    private long definition;
    private int columns;
    private int kind;
    private long key;
    private boolean withOldValues;
    private byte[] changed = new byte[0];

    public EffectReader(RecordInput in) {
        this.in = in;
    }

    /** Moves to the next block; the rows of the one before must have been read. */
    public boolean nextBlock() {
        long id = in.readVarint();
        if (id == RecordLayout.END_OF_BODY) {
            return false;
        }
        tableId = (int) (id - 1);
        definition = in.readVarint();
        columns = (int) in.readVarint();
        return true;
    }

    /** Moves to the next row; its values must be read or skipped before the one after. */
    public boolean nextRow() {
        kind = in.readByte();
        if (kind == RecordLayout.END_OF_BLOCK) {
            return false;
        }
        if (kind > RecordLayout.DELETE_WITH_IMAGE) {
            throw new IllegalStateException("A row change of kind " + kind + " (expected: 0 to 4)");
        }
        key = in.readSigned();
        withOldValues = false;
        if (kind == RecordLayout.UPDATE) {
            changed = in.readBytes((columns + Byte.SIZE - 1) / Byte.SIZE);
            withOldValues = in.readByte() == RecordLayout.WITH_OLD_VALUES;
        }
        return true;
    }

    public RecordInput input() {
        return in;
    }

    public int tableId() {
        return tableId;
    }

    public long definition() {
        return definition;
    }

    public int columns() {
        return columns;
    }

    public long key() {
        return key;
    }

    /** The row is gone after the transaction. */
    public boolean isGone() {
        return kind == RecordLayout.DELETE || kind == RecordLayout.DELETE_WITH_IMAGE;
    }

    public boolean isInsert() {
        return kind == RecordLayout.INSERT;
    }

    public boolean hasImage() {
        return kind != RecordLayout.DELETE;
    }

    public boolean withOldValues() {
        return withOldValues;
    }

    /** Of an update: whether the transaction changed the column. */
    public boolean isChanged(int column) {
        return (changed[column / Byte.SIZE] & (1 << (column % Byte.SIZE))) != 0;
    }

    /** Moves past the values that an update replaced, to the values of the row. */
    public void skipOldValues() {
        if (withOldValues) {
            for (int i = 0; i < columns; i++) {
                if (isChanged(i)) {
                    ValueCodec.skip(in);
                }
            }
        }
    }

    public void skipImage() {
        if (hasImage()) {
            for (int i = 0; i < columns; i++) {
                ValueCodec.skip(in);
            }
        }
    }
}
