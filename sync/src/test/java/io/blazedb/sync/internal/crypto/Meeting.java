package io.blazedb.sync.internal.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a handshake went: the messages that left, the sessions at both ends, and why it ended if it did. */
record Meeting(
        List<byte[]> sent,
        Optional<SecureSession> initiator,
        Optional<SecureSession> responder,
        Optional<HandshakeException> failure) {

    static Meeting of(Scene scene, Initiator initiator, Responder responder, Scene.Middle middle) {
        List<byte[]> sent = new ArrayList<>();
        Optional<SecureSession> responderSession = Optional.empty();
        try {
            byte[] second = Scene.answer(responder, middle.pass(1, keep(sent, initiator.begin())));
            byte[] third = initiator.answer(middle.pass(2, keep(sent, second)));
            Reply reply = scene.finish(responder, middle.pass(3, keep(sent, third)));
            if (reply instanceof Reply.Accepted accepted) {
                responderSession = Optional.of(accepted.session());
            }
            byte[] fourth = middle.pass(4, keep(sent, reply.message()));
            SecureSession session = initiator.finish(fourth, Scene.NOW_MILLIS);
            return new Meeting(sent, Optional.of(session), responderSession, Optional.empty());
        } catch (HandshakeException e) {
            return new Meeting(sent, Optional.empty(), responderSession, Optional.of(e));
        }
    }

    int sessions() {
        return (int) (initiator.stream().count() + responder.stream().count());
    }

    HandshakeException.Reason reason() {
        return failure.orElseThrow().reason();
    }

    private static byte[] keep(List<byte[]> sent, byte[] message) {
        sent.add(message);
        return message.clone();
    }
}
