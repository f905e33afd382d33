package io.blazedb.sync.internal.crypto;

/** What a responder says to a claim: the fourth message, to be sent in either case. */
public sealed interface Reply {
    /** The message to send. */
    byte[] message();

    /** The initiator is let in. */
    final class Accepted implements Reply {
        private final byte[] message;
        private final SecureSession session;

        Accepted(byte[] message, SecureSession session) {
            this.message = message;
            this.session = session;
        }

        @Override
        public byte[] message() {
            return message.clone();
        }

        public SecureSession session() {
            return session;
        }
    }

    /** The initiator is not let in: send the message, close the connection, and log the reason here only. */
    final class Refused implements Reply {
        private final byte[] message;
        private final HandshakeException reason;

        Refused(byte[] message, HandshakeException reason) {
            this.message = message;
            this.reason = reason;
        }

        @Override
        public byte[] message() {
            return message.clone();
        }

        public HandshakeException reason() {
            return reason;
        }
    }
}
