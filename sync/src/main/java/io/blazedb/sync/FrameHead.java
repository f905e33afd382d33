package io.blazedb.sync;

/**
 * How far a relay has one origin.
 *
 * @param seq the number of the last frame; 0 if there is none
 * @param hash its hash; {@link Hash#ZERO} if there is none
 * @param cut up to which number frames are gone, since a snapshot has what they did
 */
public record FrameHead(OriginId origin, long seq, Hash hash, long cut) {
    /** An origin of which nothing is there. */
    public static FrameHead none(OriginId origin) {
        return new FrameHead(origin, 0, Hash.ZERO, 0);
    }
}
