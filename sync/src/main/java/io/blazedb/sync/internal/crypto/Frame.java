package io.blazedb.sync.internal.crypto;

/** What one side says to the other in a session: a type, and bytes that the layer above understands. */
public final class Frame {
    /** Types below this one are the session's own. */
    public static final int TYPE_LEAST = 16;

    static final int TYPE_MAX = 0xFF;

    private final int type;
    private final byte[] payload;

    /** Takes the payload over. */
    Frame(int type, byte[] payload) {
        this.type = type;
        this.payload = payload;
    }

    public int type() {
        return type;
    }

    /** Not a copy, since frames are large. */
    public byte[] payload() {
        return payload;
    }

    @Override
    public String toString() {
        return "frame of type " + type + " with " + payload.length + " bytes";
    }
}
