package io.blazedb.internal.hub;

import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes over the control socket, each message after its length (u32). The command sends one request, version and
 * words; the hub answers with any number of texts to print, and at last with how it went.
 */
final class ControlMessages {
    static final int MESSAGE_BYTES_MAX = 1 << 20;
    /** What is printed goes in pieces of so many characters, of at most three bytes each. */
    static final int TEXT_CHARACTERS_MAX = 1 << 16;

    private static final int VERSION = 1;
    private static final int WORDS_MAX = 16;

    /** What a message of the hub is; the code is part of the protocol. */
    enum Kind {
        OUT(1),
        ERR(2),
        DONE(3),
        FAILED(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        static Kind of(int code) throws MalformedException {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new MalformedException("answer of kind " + code + " (expected: 1 to " + values().length + ")");
        }
    }

    /** A message of the hub; the state is of a failure alone. */
    record Answer(Kind kind, String state, String text) {}

    private ControlMessages() {}

    /** How long the message of this request is. */
    static int bytes(HubRequest request) {
        return message(request).size();
    }

    private static ByteWriter message(HubRequest request) {
        ByteWriter out = new ByteWriter().u8(VERSION).varint(request.words().size());
        request.words().forEach(out::string);
        return out;
    }

    static void sendRequest(ByteChannel channel, HubRequest request) throws IOException {
        send(channel, message(request));
    }

    static HubRequest receiveRequest(ByteChannel channel) throws IOException, MalformedException {
        ByteReader in = receive(channel);
        int version = in.u8("version");
        if (version != VERSION) {
            throw new MalformedException(
                    "request of version " + version + " (known: " + VERSION + "); use the jar that the hub runs with");
        }
        int count = in.count(1, WORDS_MAX, "words");
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(in.string(MESSAGE_BYTES_MAX, "word"));
        }
        in.end("request");
        try {
            return HubRequest.of(words);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(String.valueOf(e.getMessage()), e);
        }
    }

    static void sendAnswer(ByteChannel channel, Answer answer) throws IOException {
        send(channel, new ByteWriter().u8(answer.kind.code).string(answer.state).string(answer.text));
    }

    static Answer receiveAnswer(ByteChannel channel) throws IOException, MalformedException {
        ByteReader in = receive(channel);
        Kind kind = Kind.of(in.u8("kind"));
        Answer answer = new Answer(kind, in.string(MESSAGE_BYTES_MAX, "state"), in.string(MESSAGE_BYTES_MAX, "text"));
        in.end("answer");
        return answer;
    }

    private static void send(ByteChannel channel, ByteWriter message) throws IOException {
        if (message.size() > MESSAGE_BYTES_MAX) {
            throw new IOException("A message of " + message.size() + " bytes (expected: <= " + MESSAGE_BYTES_MAX + ")");
        }
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + message.size());
        bytes.putInt(message.size()).put(message.toBuffer()).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteReader receive(ByteChannel channel) throws IOException, MalformedException {
        int length = read(channel, Integer.BYTES).getInt();
        if (length < 0 || length > MESSAGE_BYTES_MAX) {
            throw new MalformedException("message of " + length + " bytes (expected: 0 to " + MESSAGE_BYTES_MAX + ")");
        }
        return new ByteReader(read(channel, length));
    }

    private static ByteBuffer read(ByteChannel channel, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("The other side has gone");
            }
        }
        return bytes.flip();
    }
}
