package io.blazedb.internal.hub;

import io.blazedb.SqlState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tokens of a hub, in a file that only grows: a line for each that was issued, used or revoked, durable before the
 * call returns. Each line's check sum covers the line and the check sum before it, so a line that was changed, moved or
 * taken out before the last one is found, and the hub does not start, rather than let a revoked token in. A last line
 * that is not whole was never acknowledged, and is cut off. Against who may write the file there is no protection: he
 * has the keys too. Safe for several threads.
 */
public final class TokenBook implements AutoCloseable {
    private final Path file;
    private final RandomAccessFile lines;
    private final Map<String, TokenEntry> entries = new TreeMap<>();
    private final Map<String, String> verifiers = new TreeMap<>();
    private final int tokensMax;
    private int chain;

    private TokenBook(Path file, RandomAccessFile lines, int tokensMax) {
        this.file = file;
        this.lines = lines;
        this.tokensMax = tokensMax;
    }

    /** Opens the file, or makes it. */
    static TokenBook open(Path file, int tokensMax) throws SQLException {
        try {
            PrivateFiles.makeFile(file);
            RandomAccessFile lines = new RandomAccessFile(file.toFile(), "rw");
            TokenBook book = new TokenBook(file, lines, tokensMax);
            boolean done = false;
            try {
                book.read();
                done = true;
                return book;
            } finally {
                if (!done) {
                    lines.close();
                }
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static SQLException failed(Path file, IOException cause) {
        return SqlState.STORAGE.error(
                "The tokens in " + file + " cannot be read or written: " + cause.getMessage()
                        + ". Remedy: free space or replace the disk, and start the hub again",
                cause);
    }

    private void read() throws IOException, SQLException {
        byte[] bytes = new byte[Math.toIntExact(lines.length())];
        lines.readFully(bytes);
        int begin = 0;
        int number = 1;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                String line = new String(bytes, begin, at - begin, StandardCharsets.UTF_8);
                TokenLine read = TokenLine.read(line, chain).orElse(null);
                if (read == null || !apply(read)) {
                    throw SqlState.HUB.error("Line " + number + " of " + file
                            + " is damaged, so what was revoked is not known for sure (expected: the line that the hub"
                            + " wrote). Remedy: put back a backup; or move the file away, and issue new tokens");
                }
                chain = TokenLine.chain(line);
                begin = at + 1;
                number++;
            }
        }
        lines.setLength(begin);
        lines.seek(begin);
    }

    private boolean apply(TokenLine line) {
        TokenEntry known = entries.get(line.id());
        if (line instanceof TokenLine.Issued issued) {
            entries.put(line.id(), issued.entry());
            verifiers.put(line.id(), issued.verifier());
            return known == null;
        }
        if (known == null) {
            return false;
        }
        entries.put(line.id(), line instanceof TokenLine.Used used ? known.used(used.node()) : known.revoked());
        return true;
    }

    /** A new token. */
    synchronized void issue(TokenEntry entry, String verifier) throws SQLException {
        if (entries.size() >= tokensMax) {
            throw SqlState.HUB.error("The hub has " + entries.size() + " tokens (expected: < " + tokensMax
                    + "). Remedy: raise " + HubSetting.TOKENS_MAX.key() + " in hub.properties");
        }
        append(new TokenLine.Issued(entry, verifier));
    }

    /** Nobody enrols with this token any more. One that was revoked already stays so. */
    public synchronized TokenEntry revoke(String id, long millis) throws SQLException {
        TokenEntry known = entries.get(id);
        if (known == null) {
            throw SqlState.HUB.error(
                    "The hub has no token " + id + " (expected: an id of 16 digits). Remedy: hub token list");
        }
        if (known.state() != TokenEntry.State.REVOKED) {
            append(new TokenLine.Revoked(id, millis));
        }
        return known.revoked();
    }

    /** Uses the token up for this node; empty if it is not valid any more. Of two callers at a time one gets it. */
    public synchronized Optional<TokenEntry> redeem(String id, String node, long millis) throws SQLException {
        TokenEntry known = entries.get(id);
        if (known == null || !known.isValidAt(millis)) {
            return Optional.empty();
        }
        append(new TokenLine.Used(id, node, millis));
        return Optional.of(known.used(node));
    }

    /** What a proof of this token is checked against, 32 bytes; empty if it is not valid at that time. */
    public synchronized Optional<byte[]> verifier(String id, long millis) {
        TokenEntry known = entries.get(id);
        return known == null || !known.isValidAt(millis)
                ? Optional.empty()
                : Optional.ofNullable(verifiers.get(id)).map(Base64.getUrlDecoder()::decode);
    }

    /** All tokens, by id. */
    public synchronized List<TokenEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** After a failed write nothing is known of the file's end, so nothing more is written to it. */
    private void append(TokenLine line) throws SQLException {
        String text = line.text(chain);
        try {
            lines.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            lines.getFD().sync();
        } catch (IOException e) {
            close();
            throw failed(file, e);
        }
        chain = TokenLine.chain(text);
        apply(line);
    }

    @Override
    public synchronized void close() throws SQLException {
        try {
            lines.close();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }
}
