package io.blazedb.sync.internal.crypto;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Deflate, within limits: what comes out is at most 100 times what went in, and at most 64 MiB, so that a few bytes
 * cannot take the memory of a node. Stateless; any thread may call it.
 */
final class Compression {
    /** Content up to this size is sent as it is. */
    static final int CONTENT_BYTES_MIN = 512;

    static final int RATIO_MAX = 100;

    private static final int CHUNK_BYTES = 64 << 10;

    private Compression() {}

    /** The content made smaller, if that makes it smaller and can be undone within the limits. */
    static Optional<byte[]> deflate(byte[] content) {
        if (content.length <= CONTENT_BYTES_MIN) {
            return Optional.empty();
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            byte[] smaller = new byte[content.length - 1];
            int size = deflater.deflate(smaller);
            boolean whole = deflater.finished() && content.length <= (long) size * RATIO_MAX;
            return whole ? Optional.of(Arrays.copyOf(smaller, size)) : Optional.empty();
        } finally {
            deflater.end();
        }
    }

    static byte[] inflate(byte[] compressed) throws ForgedException {
        int max = (int) Math.min(Envelope.CONTENT_BYTES_MAX, (long) compressed.length * RATIO_MAX);
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(compressed);
            byte[] content = new byte[Math.min(max, CHUNK_BYTES)];
            int size = 0;
            while (true) {
                int more = inflater.inflate(content, size, content.length - size);
                size += more;
                if (inflater.finished() && inflater.getRemaining() == 0) {
                    return Arrays.copyOf(content, size);
                }
                if (size == content.length && size < max) {
                    content = Arrays.copyOf(content, (int) Math.min(max, content.length * 2L));
                } else if (more == 0) {
                    throw new ForgedException("compressed content of " + compressed.length
                            + " bytes that does not end, or makes more than " + max + " bytes");
                }
            }
        } catch (DataFormatException e) {
            throw new ForgedException("compressed content of " + compressed.length + " bytes that is damaged", e);
        } finally {
            inflater.end();
        }
    }
}
