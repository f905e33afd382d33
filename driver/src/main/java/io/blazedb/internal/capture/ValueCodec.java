package io.blazedb.internal.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import org.h2.api.IntervalQualifier;
import org.h2.engine.CastDataProvider;
import org.h2.message.DbException;
import org.h2.store.LobStorageInterface;
import org.h2.value.ExtTypeInfoEnum;
import org.h2.value.ExtTypeInfoRow;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.h2.value.ValueBigint;
import org.h2.value.ValueBinary;
import org.h2.value.ValueBlob;
import org.h2.value.ValueBoolean;
import org.h2.value.ValueChar;
import org.h2.value.ValueClob;
import org.h2.value.ValueDate;
import org.h2.value.ValueDecfloat;
import org.h2.value.ValueDouble;
import org.h2.value.ValueGeometry;
import org.h2.value.ValueInteger;
import org.h2.value.ValueInterval;
import org.h2.value.ValueJavaObject;
import org.h2.value.ValueJson;
import org.h2.value.ValueLob;
import org.h2.value.ValueNull;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueReal;
import org.h2.value.ValueRow;
import org.h2.value.ValueSmallint;
import org.h2.value.ValueTime;
import org.h2.value.ValueTimeTimeZone;
import org.h2.value.ValueTimestamp;
import org.h2.value.ValueTimestampTimeZone;
import org.h2.value.ValueTinyint;
import org.h2.value.ValueUuid;
import org.h2.value.ValueVarbinary;
import org.h2.value.ValueVarchar;
import org.h2.value.ValueVarcharIgnoreCase;

/**
 * H2's values as bytes: one byte for the type, then the value. Equal values of one type have equal bytes.
 *
 * <p>The type numbers are those of H2 2.4 ({@link Value#NULL} to {@link Value#ROW}); {@link #CLOB_APART} and
 * {@link #BLOB_APART} stand for large objects whose content is kept in the blob store. Safe for use by several threads.
 */
public final class ValueCodec {
    /** Large objects up to this many bytes stand in the record itself. */
    static final int INLINE_LOB_BYTES_MAX = 8 * 1024;

    static final int CLOB_APART = 0x40;
    static final int BLOB_APART = 0x41;
    private static final int DECFLOAT_FINITE = 0;
    private static final int DECFLOAT_INFINITE = 1;
    private static final int DECFLOAT_NEGATIVE_INFINITE = 2;
    private static final int DECFLOAT_NAN = 3;

    private final BlobAccess blobs;
    private final LobStorageInterface lobStorage;
    private final CastDataProvider provider;

    /**
     * A codec for one open database.
     *
     * @param blobs where large objects are kept apart from the record
     * @param lobStorage where H2 keeps the large objects that are decoded
     */
    public ValueCodec(BlobAccess blobs, LobStorageInterface lobStorage, CastDataProvider provider) {
        this.blobs = blobs;
        this.lobStorage = lobStorage;
        this.provider = provider;
    }

    public void write(Value value, RecordBuffer out) {
        int type = value.getValueType();
        switch (type) {
            case Value.CLOB, Value.BLOB -> {
                writeLob((ValueLob) value, type, out);
                return;
            }
            default -> out.putByte(type);
        }
        switch (type) {
            case Value.NULL -> {}
            case Value.CHAR, Value.VARCHAR, Value.VARCHAR_IGNORECASE, Value.ENUM -> out.putString(value.getString());
            case Value.BOOLEAN -> out.putByte(value.getBoolean() ? 1 : 0);
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER -> out.putSigned(value.getInt());
            case Value.BIGINT -> out.putSigned(value.getLong());
            case Value.NUMERIC -> writeDecimal(value.getBigDecimal(), out);
            case Value.REAL -> out.putLong(Float.floatToIntBits(value.getFloat()));
            case Value.DOUBLE -> out.putLong(Double.doubleToLongBits(value.getDouble()));
            case Value.DECFLOAT -> writeDecfloat((ValueDecfloat) value, out);
            case Value.ARRAY -> writeAll(((ValueArray) value).getList(), out);
            case Value.ROW -> writeAll(((ValueRow) value).getList(), out);
            default -> writeOther(value, type, out);
        }
    }

    private static void writeOther(Value value, int type, RecordBuffer out) {
        switch (type) {
            case Value.DATE -> out.putSigned(((ValueDate) value).getDateValue());
            case Value.TIME -> out.putVarint(((ValueTime) value).getNanos());
            case Value.TIME_TZ -> {
                ValueTimeTimeZone time = (ValueTimeTimeZone) value;
                out.putVarint(time.getNanos());
                out.putSigned(time.getTimeZoneOffsetSeconds());
            }
            case Value.TIMESTAMP -> {
                ValueTimestamp timestamp = (ValueTimestamp) value;
                out.putSigned(timestamp.getDateValue());
                out.putVarint(timestamp.getTimeNanos());
            }
            case Value.TIMESTAMP_TZ -> {
                ValueTimestampTimeZone timestamp = (ValueTimestampTimeZone) value;
                out.putSigned(timestamp.getDateValue());
                out.putVarint(timestamp.getTimeNanos());
                out.putSigned(timestamp.getTimeZoneOffsetSeconds());
            }
            case Value.UUID -> {
                ValueUuid uuid = (ValueUuid) value;
                out.putLong(uuid.getHigh());
                out.putLong(uuid.getLow());
            }
            case Value.BINARY, Value.VARBINARY, Value.JAVA_OBJECT, Value.GEOMETRY, Value.JSON ->
                out.putBlock(value.getBytesNoCopy());
            default -> writeInterval(value, type, out);
        }
    }

    private static void writeInterval(Value value, int type, RecordBuffer out) {
        if (!(value instanceof ValueInterval interval)) {
            throw new IllegalStateException("A value of H2's type " + type + " (" + value.getType()
                    + ") has no encoding; expected: one of H2 2.4's types");
        }
        out.putByte(interval.isNegative() ? 1 : 0);
        out.putVarint(interval.getLeading());
        out.putVarint(interval.getRemaining());
    }

    private void writeAll(Value[] values, RecordBuffer out) {
        out.putVarint(values.length);
        for (Value value : values) {
            write(value, out);
        }
    }

    private static void writeDecimal(BigDecimal decimal, RecordBuffer out) {
        out.putSigned(decimal.scale());
        BigInteger unscaled = decimal.unscaledValue();
        if (unscaled.bitLength() < Long.SIZE) {
            out.putByte(0);
            out.putSigned(unscaled.longValue());
        } else {
            out.putByte(1);
            out.putBlock(unscaled.toByteArray());
        }
    }

    private static BigDecimal readDecimal(RecordInput in) {
        int scale = (int) in.readSigned();
        BigInteger unscaled = in.readByte() == 0 ? BigInteger.valueOf(in.readSigned()) : new BigInteger(in.readBlock());
        return new BigDecimal(unscaled, scale);
    }

    @SuppressWarnings("ReferenceEquality") // H2's special values are single objects
    private static void writeDecfloat(ValueDecfloat value, RecordBuffer out) {
        if (value.isFinite()) {
            out.putByte(DECFLOAT_FINITE);
            writeDecimal(value.getBigDecimal(), out);
        } else if (value == ValueDecfloat.POSITIVE_INFINITY) {
            out.putByte(DECFLOAT_INFINITE);
        } else {
            out.putByte(value == ValueDecfloat.NEGATIVE_INFINITY ? DECFLOAT_NEGATIVE_INFINITE : DECFLOAT_NAN);
        }
    }

    private static ValueDecfloat readDecfloat(RecordInput in) {
        int kind = in.readByte();
        return switch (kind) {
            case DECFLOAT_FINITE -> ValueDecfloat.get(readDecimal(in));
            case DECFLOAT_INFINITE -> ValueDecfloat.POSITIVE_INFINITY;
            case DECFLOAT_NEGATIVE_INFINITE -> ValueDecfloat.NEGATIVE_INFINITY;
            case DECFLOAT_NAN -> ValueDecfloat.NAN;
            default -> throw new IllegalStateException("DECFLOAT of kind " + kind + " (expected: 0 to 3)");
        };
    }

    private void writeLob(ValueLob lob, int type, RecordBuffer out) {
        // A CLOB's content is UTF-8 in both of H2's forms.
        if (lob.octetLength() <= INLINE_LOB_BYTES_MAX) {
            byte[] content = lob instanceof ValueClob clob
                    ? clob.getString().getBytes(StandardCharsets.UTF_8)
                    : lob.getBytesNoCopy();
            out.putByte(type);
            out.putBlock(content);
            return;
        }
        out.putByte(type == Value.CLOB ? CLOB_APART : BLOB_APART);
        try (InputStream content = lob.getInputStream()) {
            out.putBlock(blobs.write(content));
        } catch (IOException e) {
            throw DbException.convert(CommitErrors.valueRefused(blobs, e));
        }
    }

    /**
     * Reads a value.
     *
     * @param type of the column that will hold it: an ENUM, ARRAY or ROW is rebuilt with its declared elements
     */
    public Value read(RecordInput in, TypeInfo type) {
        int tag = in.readByte();
        return switch (tag) {
            case Value.NULL -> ValueNull.INSTANCE;
            case Value.CHAR -> ValueChar.get(in.readString());
            case Value.VARCHAR -> ValueVarchar.get(in.readString());
            case Value.VARCHAR_IGNORECASE -> ValueVarcharIgnoreCase.get(in.readString());
            case Value.ENUM -> readEnum(in.readString(), type);
            case Value.BOOLEAN -> ValueBoolean.get(in.readByte() != 0);
            case Value.TINYINT -> ValueTinyint.get((byte) in.readSigned());
            case Value.SMALLINT -> ValueSmallint.get((short) in.readSigned());
            case Value.INTEGER -> ValueInteger.get((int) in.readSigned());
            case Value.BIGINT -> ValueBigint.get(in.readSigned());
            case Value.NUMERIC -> ValueNumeric.getAnyScale(readDecimal(in));
            case Value.REAL -> ValueReal.get(Float.intBitsToFloat((int) in.readLong()));
            case Value.DOUBLE -> ValueDouble.get(Double.longBitsToDouble(in.readLong()));
            case Value.DECFLOAT -> readDecfloat(in);
            case Value.ARRAY -> readArray(in, type);
            case Value.ROW -> readRow(in, type);
            case Value.CLOB -> ValueClob.createSmall(in.readBlock());
            case Value.BLOB -> ValueBlob.createSmall(in.readBlock());
            case CLOB_APART, BLOB_APART -> readApart(in.readBlock(), tag);
            default -> readOther(in, tag);
        };
    }

    private static Value readOther(RecordInput in, int tag) {
        return switch (tag) {
            case Value.DATE -> ValueDate.fromDateValue(in.readSigned());
            case Value.TIME -> ValueTime.fromNanos(in.readVarint());
            case Value.TIME_TZ -> ValueTimeTimeZone.fromNanos(in.readVarint(), (int) in.readSigned());
            case Value.TIMESTAMP -> ValueTimestamp.fromDateValueAndNanos(in.readSigned(), in.readVarint());
            case Value.TIMESTAMP_TZ ->
                ValueTimestampTimeZone.fromDateValueAndNanos(in.readSigned(), in.readVarint(), (int) in.readSigned());
            case Value.UUID -> ValueUuid.get(in.readLong(), in.readLong());
            case Value.BINARY -> ValueBinary.getNoCopy(in.readBlock());
            case Value.VARBINARY -> ValueVarbinary.getNoCopy(in.readBlock());
            case Value.JAVA_OBJECT -> ValueJavaObject.getNoCopy(in.readBlock());
            case Value.GEOMETRY -> ValueGeometry.getFromEWKB(in.readBlock());
            case Value.JSON -> ValueJson.getInternal(in.readBlock());
            default -> {
                if (tag < Value.INTERVAL_YEAR || tag > Value.INTERVAL_MINUTE_TO_SECOND) {
                    throw new IllegalStateException("A value of type number " + tag + " (expected: one of H2 2.4's)");
                }
                yield ValueInterval.from(
                        IntervalQualifier.valueOf(tag - Value.INTERVAL_YEAR),
                        in.readByte() != 0,
                        in.readVarint(),
                        in.readVarint());
            }
        };
    }

    /** An enumeration travels by its label, since the same label may have another number elsewhere. */
    private Value readEnum(String label, TypeInfo type) {
        return type.getExtTypeInfo() instanceof ExtTypeInfoEnum labels
                ? labels.getValue(label, provider)
                : ValueVarchar.get(label);
    }

    private Value readArray(RecordInput in, TypeInfo type) {
        TypeInfo element = type.getExtTypeInfo() instanceof TypeInfo declared ? declared : TypeInfo.TYPE_UNKNOWN;
        Value[] values = new Value[in.readCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(in, element);
        }
        return element.getValueType() == Value.UNKNOWN
                ? ValueArray.get(values, provider)
                : ValueArray.get(element, values, provider);
    }

    private Value readRow(RecordInput in, TypeInfo type) {
        Value[] values = new Value[in.readCount()];
        Iterator<Map.Entry<String, TypeInfo>> fields = type.getExtTypeInfo() instanceof ExtTypeInfoRow declared
                ? declared.getFields().iterator()
                : Collections.emptyIterator();
        for (int i = 0; i < values.length; i++) {
            values[i] = read(in, fields.hasNext() ? fields.next().getValue() : TypeInfo.TYPE_UNKNOWN);
        }
        return type.getValueType() == Value.ROW ? ValueRow.get(type, values) : ValueRow.get(values);
    }

    private Value readApart(byte[] id, int tag) {
        try (InputStream content = blobs.read(id)) {
            if (tag == BLOB_APART) {
                return lobStorage.createBlob(content, -1);
            }
            Reader text = new InputStreamReader(content, StandardCharsets.UTF_8);
            return lobStorage.createClob(text, -1);
        } catch (IOException e) {
            throw DbException.convertIOException(e, "large object of the log");
        }
    }

    /** Whether a value names a large object that is kept beside the log, instead of containing it. */
    public static boolean isApart(byte[] value) {
        return value.length > 0 && (value[0] == CLOB_APART || value[0] == BLOB_APART);
    }

    /** Puts the content of large objects into values. */
    public WholeValues wholeValues() {
        return new WholeValues(blobs);
    }

    /** Moves past one value. */
    public static void skip(RecordInput in) {
        int tag = in.readByte();
        switch (tag) {
            case Value.NULL -> {}
            case Value.CHAR,
                    Value.VARCHAR,
                    Value.VARCHAR_IGNORECASE,
                    Value.ENUM,
                    Value.CLOB,
                    Value.BLOB,
                    CLOB_APART,
                    BLOB_APART,
                    Value.BINARY,
                    Value.VARBINARY,
                    Value.JAVA_OBJECT,
                    Value.GEOMETRY,
                    Value.JSON -> in.skip(in.readCount());
            case Value.BOOLEAN -> in.skip(1);
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT, Value.DATE, Value.TIME -> in.readVarint();
            case Value.REAL, Value.DOUBLE -> in.skip(Long.BYTES);
            case Value.UUID -> in.skip(2 * Long.BYTES);
            case Value.TIMESTAMP, Value.TIME_TZ -> skipNumbers(in, 2);
            case Value.TIMESTAMP_TZ -> skipNumbers(in, 3);
            case Value.NUMERIC -> skipDecimal(in);
            case Value.DECFLOAT -> readDecfloat(in);
            case Value.ARRAY, Value.ROW -> {
                int count = in.readCount();
                for (int i = 0; i < count; i++) {
                    skip(in);
                }
            }
            default -> readOther(in, tag);
        }
    }

    private static void skipNumbers(RecordInput in, int count) {
        for (int i = 0; i < count; i++) {
            in.readVarint();
        }
    }

    private static void skipDecimal(RecordInput in) {
        in.readVarint();
        if (in.readByte() == 0) {
            in.readVarint();
        } else {
            in.skip(in.readCount());
        }
    }
}
