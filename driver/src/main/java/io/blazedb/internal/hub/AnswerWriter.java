package io.blazedb.internal.hub;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.ByteChannel;

/** Sends what is printed to it over the control socket, in pieces. Used by one thread. */
final class AnswerWriter extends Writer {
    private final ByteChannel channel;
    private final ControlMessages.Kind kind;

    AnswerWriter(ByteChannel channel, ControlMessages.Kind kind) {
        this.channel = channel;
        this.kind = kind;
    }

    /** Never ends a piece between the halves of one character. */
    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        int begin = offset;
        int end = offset + length;
        while (begin < end) {
            int stop = Math.min(end, begin + ControlMessages.TEXT_CHARACTERS_MAX);
            if (stop < end && Character.isHighSurrogate(text[stop - 1])) {
                stop--;
            }
            String piece = new String(text, begin, stop - begin);
            ControlMessages.sendAnswer(channel, new ControlMessages.Answer(kind, "", piece));
            begin = stop;
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
