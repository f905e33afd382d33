package io.blazedb.sync.internal.net;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Speaks TLS, HTTP and WebSocket by hand, so that it can also speak them wrongly. */
final class RawClient implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** A frame from the server, which does not mask and never splits. */
    record Frame(int opcode, String text, int length) {
        int number() {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)).getInt();
        }

        int closeCode() {
            ByteBuffer payload = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            return payload.getShort();
        }
    }

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Await.SECONDS_MAX));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    static RawClient plain(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static RawClient plainFrom(String address, int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0));
    }

    /** A socket that takes little into its own buffers, so that a sender soon notices that nobody reads. */
    static RawClient plainAndSlow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawClient(socket);
    }

    static RawClient tls(int port, String... versions) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setEnabledProtocols(versions);
        socket.startHandshake();
        return new RawClient(socket);
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a request and returns all that comes back until the server closes. */
    String ask(String request) throws IOException {
        write(request);
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    static String upgradeRequest(String path, String subprotocol) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n") + "\r\n";
    }

    /** Asks for a WebSocket, and returns the head of the answer. */
    String upgrade(String path, String subprotocol) throws IOException {
        write(upgradeRequest(path, subprotocol));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    RawClient upgraded(String database) throws IOException {
        String head = upgrade("/" + database, ServerUpgrade.SUBPROTOCOL);
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(head);
        }
        return this;
    }

    static byte[] frame(boolean last, int opcode, int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write((last ? 0x80 : 0) | opcode);
        if (length < 126) {
            bytes.write(0x80 | length);
        } else if (length < 65_536) {
            bytes.write(0x80 | 126);
            bytes.write(length >> 8);
            bytes.write(length);
        } else {
            bytes.write(0x80 | 127);
            bytes.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
        }
        bytes.writeBytes(MASK);
        bytes.writeBytes(new byte[length]); // Masked already: the payload is the mask repeated.
        return bytes.toByteArray();
    }

    void send(boolean last, int opcode, int length) throws IOException {
        write(frame(last, opcode, length));
    }

    /** The next frame, or none if the server closed or reset the connection. */
    Optional<Frame> read() throws IOException {
        try {
            int opcode = in.readUnsignedByte() & 15;
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] payload = in.readNBytes(length);
            return Optional.of(new Frame(opcode, new String(payload, StandardCharsets.ISO_8859_1), length));
        } catch (EOFException | SocketException e) {
            return Optional.empty();
        }
    }

    /** The next frame of this kind, passing over others. */
    Optional<Frame> read(int opcode) throws IOException {
        Optional<Frame> frame = read();
        while (frame.isPresent() && frame.get().opcode() != opcode) {
            frame = read();
        }
        return frame;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
