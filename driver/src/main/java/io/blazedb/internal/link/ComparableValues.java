package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.ValueCodec;
import io.blazedb.sync.internal.merge.RowValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.h2.message.DbException;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueVarchar;

/**
 * Values as bytes that are equal where the values are, at whatever node: large objects by the hash of their content,
 * whole numbers whatever their width. They are compared and never kept. For one thread.
 */
final class ComparableValues {
    private static final int LARGE = 1;
    private static final int INTEGER = 2;
    private static final int TEXT = 3;
    private static final int OTHER = 4;

    private final ValueCodec codec;
    private final Contents blobs;

    /** Large objects by their names. */
    interface Contents {
        InputStream read(byte[] name) throws IOException;
    }

    ComparableValues(ValueCodec codec, Contents blobs) {
        this.codec = codec;
        this.blobs = blobs;
    }

    byte[] of(Value value) {
        RecordBuffer out = new RecordBuffer(32);
        switch (value.getValueType()) {
            case Value.BLOB -> large(hash(content -> value.getInputStream().transferTo(content)), out);
            case Value.CLOB -> large(hash(content -> characters(value.getReader(), content)), out);
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT -> {
                out.putByte(INTEGER);
                out.putLong(value.getLong());
            }
            case Value.CHAR, Value.VARCHAR, Value.VARCHAR_IGNORECASE, Value.ENUM -> {
                out.putByte(TEXT);
                out.putString(value.getString());
            }
            default -> {
                out.putByte(OTHER);
                codec.write(value, out);
            }
        }
        return out.toByteArray();
    }

    /** Of a value in the log's form; what is not known stays so. */
    byte[] of(byte[] stored, TypeInfo type) {
        if (stored.length == 0) {
            return RowValues.UNKNOWN;
        }
        RecordInput in = new RecordInput(stored);
        if (!ValueCodec.isApart(stored)) {
            return of(codec.read(in, type));
        }
        in.readByte();
        byte[] name = in.readBlock();
        RecordBuffer out = new RecordBuffer(40);
        large(
                hash(content -> {
                    try (InputStream kept = blobs.read(name)) {
                        kept.transferTo(content);
                    }
                }),
                out);
        return out.toByteArray();
    }

    /** The log's form of a comparable value that is not large. */
    byte[] stored(byte[] value) {
        if (value.length == 0) {
            return RowValues.UNKNOWN;
        }
        RecordInput in = new RecordInput(value);
        int kind = in.readByte();
        return switch (kind) {
            case INTEGER -> stored(ValueBigint.get(in.readLong()));
            case TEXT -> stored(ValueVarchar.get(in.readString()));
            case OTHER -> Arrays.copyOfRange(value, in.position(), value.length);
            default ->
                throw new IllegalArgumentException("A comparable value of kind " + kind + " (expected: " + INTEGER
                        + " to " + OTHER + ", one that a merge rule looks at)");
        };
    }

    private byte[] stored(Value value) {
        RecordBuffer out = new RecordBuffer(16);
        codec.write(value, out);
        return out.toByteArray();
    }

    private static void large(byte[] hash, RecordBuffer out) {
        out.putByte(LARGE);
        out.putBlock(hash);
    }

    /** Writes a content somewhere. */
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static byte[] hash(Content content) {
        try (DigestOutputStream out =
                new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            content.writeTo(out);
            return out.getMessageDigest().digest();
        } catch (IOException e) {
            throw DbException.convertIOException(e, "large object that is compared");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static void characters(Reader text, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.transferTo(writer);
        writer.flush();
    }
}
