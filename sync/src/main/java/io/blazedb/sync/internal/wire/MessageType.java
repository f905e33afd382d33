package io.blazedb.sync.internal.wire;

import io.blazedb.sync.internal.session.Message;

/** The table of messages. A code is part of the protocol: never change one, never use one again. */
enum MessageType {
    HELLO(1, Message.Hello.class),
    HEADS(2, Message.Heads.class),
    ASK(3, Message.Ask.class),
    PULL(4, Message.Pull.class),
    BATCH(5, Message.Batch.class),
    ACK(6, Message.Ack.class),
    SKIP(7, Message.Skip.class),
    DIGEST(8, Message.Digest.class),
    ROWS(9, Message.Rows.class),
    CREDIT(10, Message.Credit.class),
    PING(11, Message.Ping.class),
    GO_AWAY(12, Message.GoAway.class),
    FAILED(13, Message.Failed.class);

    private static final MessageType[] ALL = values();

    private final int code;
    private final Class<? extends Message> form;

    MessageType(int code, Class<? extends Message> form) {
        this.code = code;
        this.form = form;
    }

    int code() {
        return code;
    }

    static MessageType of(int code) throws MalformedException {
        for (MessageType type : ALL) {
            if (type.code == code) {
                return type;
            }
        }
        throw new MalformedException("type of a message: " + code + " (expected: 1 to " + ALL.length + ")");
    }

    static MessageType of(Message message) {
        for (MessageType type : ALL) {
            if (type.form.isInstance(message)) {
                return type;
            }
        }
        throw new IllegalArgumentException("message " + message.getClass() + " has no code");
    }
}
