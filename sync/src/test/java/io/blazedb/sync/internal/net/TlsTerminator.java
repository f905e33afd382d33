package io.blazedb.sync.internal.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;

/** A man in the middle with a certificate of his own: decrypts, could read everything, and encrypts again. */
public final class TlsTerminator implements AutoCloseable {
    private final TlsIdentity identity = TestNet.identity();
    private final SSLContext context;
    private final SSLServerSocket listening;
    private final int target;

    public TlsTerminator(int target, String version) throws IOException, GeneralSecurityException {
        this.target = target;
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("key", identity.key(), new char[0], identity.chain().toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, new char[0]);
        context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), new TrustManager[] {new AnyCertificate()}, null);
        listening = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setEnabledProtocols(new String[] {version});
        start(this::serve);
    }

    public int port() {
        return listening.getLocalPort();
    }

    byte[] spkiHash() {
        return identity.spkiHash();
    }

    /** Work that ends with an error when a socket is closed. */
    private interface SocketWork {
        void run() throws IOException;
    }

    private static void start(SocketWork work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        return; // One end closed.
                    }
                },
                "tls-terminator");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() throws IOException {
        Socket client = listening.accept();
        Socket server = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), target);
        start(() -> copy(client, server));
        start(() -> copy(server, client));
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
