package io.blazedb.sync.internal.log;

import io.blazedb.sync.internal.crypto.ForgedException;
import io.blazedb.sync.internal.crypto.XAes256Gcm;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Encrypts and authenticates the payloads of one log, or of one file of blobs, with XAES-256-GCM. The payload in the
 * file is
 *
 * <pre>
 * nonce 24 | ciphertext, as long as the payload | tag 16
 * </pre>
 *
 * <p>Authenticated with it: what it belongs to (a log and its id, or a blob file, its id and its number), the position,
 * and the type. So no record can be changed, take the place of another one, or be another type.
 *
 * <p><b>No nonce is used twice.</b> It is random and follows from no position: a log whose tail was cut writes other
 * records at the same LSN, and one that was copied or put back goes on twice from one place. The first half is drawn
 * with this object and at {@link #renew}, so once for each opening, segment and blob: XAES derives the key from it. Two
 * draw the same one with a chance of 2^-96. The second half, 96 bits too, is drawn for each record; among the records
 * of a segment, less than 2^25, two have the same one with a chance below 2^-46.
 *
 * <p>Not safe for several threads.
 */
final class RecordCipher {
    /** How much longer a payload is in the file. */
    static final int EXTRA_BYTES = XAes256Gcm.NONCE_BYTES + XAes256Gcm.TAG_BYTES;

    private static final int NONCE = XAes256Gcm.NONCE_BYTES;
    private static final int ID = 1;
    private static final int NUMBER = ID + LogId.BYTES;
    private static final int POSITION = NUMBER + Long.BYTES;
    private static final int TYPE = POSITION + Long.BYTES;
    /** A buffer that became larger for one record is given back. */
    private static final int KEPT_BYTES_MAX = 1 << 18;

    private final XAes256Gcm cipher;
    private final SecureRandom random = new SecureRandom();
    private final byte[] nonce = new byte[NONCE];
    private final byte[] drawn = new byte[NONCE / 2];
    private final byte[] place = new byte[TYPE + 1];
    private final ByteBuffer placeView = ByteBuffer.wrap(place);
    private byte[] encrypted = new byte[1 << 10];

    /** What is encrypted: the same bytes are not taken in the place of the other. */
    enum Use {
        RECORDS(1),
        BLOBS(2);

        private final byte code;

        Use(int code) {
            this.code = (byte) code;
        }
    }

    RecordCipher(byte[] secret, Use use, LogId id, long number) {
        cipher = new XAes256Gcm(secret);
        place[0] = use.code;
        id.copyTo(place, ID);
        placeView.putLong(NUMBER, number);
        renew();
    }

    /** Draws the half of the nonces that stays. */
    void renew() {
        random.nextBytes(drawn);
        System.arraycopy(drawn, 0, nonce, 0, drawn.length);
    }

    /** What goes into the file, {@link #EXTRA_BYTES} longer than the payload; valid until the next call. */
    byte[] encrypt(long position, byte type, byte[] payload, int offset, int length) {
        int bytes = length + EXTRA_BYTES;
        if (bytes > encrypted.length || encrypted.length > KEPT_BYTES_MAX) {
            encrypted = new byte[Math.max(bytes, 1 << 10)];
        }
        random.nextBytes(drawn);
        System.arraycopy(drawn, 0, nonce, drawn.length, drawn.length);
        System.arraycopy(nonce, 0, encrypted, 0, NONCE);
        ByteBuffer target = ByteBuffer.wrap(encrypted, NONCE, length + XAes256Gcm.TAG_BYTES);
        cipher.seal(nonce, ByteBuffer.wrap(payload, offset, length), placed(position, type), target);
        return encrypted;
    }

    /**
     * Writes the payload to the target, which has room for it.
     *
     * @throws ForgedException if these bytes were not encrypted here for this place
     */
    void decrypt(long position, byte type, ByteBuffer source, ByteBuffer target) throws ForgedException {
        if (source.remaining() < EXTRA_BYTES) {
            throw new ForgedException(
                    "an encrypted payload of " + source.remaining() + " bytes (expected: >= " + EXTRA_BYTES + ")");
        }
        source.get(nonce);
        cipher.open(nonce, source, placed(position, type), target);
    }

    private byte[] placed(long position, byte type) {
        placeView.putLong(POSITION, position);
        place[TYPE] = type;
        return place;
    }
}
