package io.blazedb.sql;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The options that {@code CONNECT ... WITH (...)} takes, and no others. */
public enum ConnectOption implements Keyword {
    USER("USER", Kind.TEXT),
    PASSWORD("PASSWORD", Kind.SECRET),
    TOKEN("TOKEN", Kind.SECRET),
    /** The SHA-256 of the hub's public key: {@code 'sha256/<base64>'}. */
    PIN("PIN", Kind.PIN),
    /** A PEM file with the certificates to trust. */
    TRUST("TRUST", Kind.TEXT),
    COMPRESSION("COMPRESSION", Kind.COMPRESSION),
    /** Seconds between two rounds of anti-entropy. */
    INTERVAL("INTERVAL", Kind.NUMBER),
    /** Other addresses of the hub, separated by commas. */
    FAILOVER("FAILOVER", Kind.TEXT),
    /** How many operations may wait for the peer. */
    MAX_BACKLOG("MAX BACKLOG", Kind.NUMBER);

    private enum Kind {
        TEXT,
        SECRET,
        PIN,
        COMPRESSION,
        NUMBER
    }

    private static final List<String> COMPRESSIONS = List.of("NONE", "LZ4", "ZSTD");
    private static final String PIN_PREFIX = "sha256/";
    private static final int PIN_BYTES = 32;

    private final String words;
    private final Kind kind;

    ConnectOption(String words, Kind kind) {
        this.words = words;
        this.kind = kind;
    }

    @Override
    public String words() {
        return words;
    }

    /** Whether its value must never be shown. */
    public boolean isSecret() {
        return kind == Kind.SECRET;
    }

    /** What may be bound to a parameter that stands for this option. */
    public Value.Type parameterType() {
        return kind == Kind.NUMBER ? Value.Type.NUMBER : Value.Type.TEXT;
    }

    /** The words that stand for values of this option without quotes. */
    public List<String> choices() {
        return kind == Kind.COMPRESSION ? COMPRESSIONS : List.of();
    }

    /** The value in the form in which it is kept. */
    Value normalized(Value value) {
        return kind == Kind.COMPRESSION && value instanceof Value.Text text
                ? new Value.Text(text.text().toUpperCase(Locale.ROOT))
                : value;
    }

    /** What is wrong with a value, in words that do not show it. */
    public Optional<String> problem(Value value) {
        if (value instanceof Value.Parameter) {
            return Optional.empty();
        }
        boolean fits = switch (kind) {
            case TEXT, SECRET -> value instanceof Value.Text;
            case PIN -> value instanceof Value.Text text && isPin(text.text());
            case COMPRESSION ->
                value instanceof Value.Text text
                        && COMPRESSIONS.contains(text.text().toUpperCase(Locale.ROOT));
            case NUMBER -> value instanceof Value.Numeric numeric && isCount(numeric);
        };
        return fits ? Optional.empty() : Optional.of("found " + describe(value) + ", expected " + expected());
    }

    /** What a value must be, in words. */
    public String expected() {
        String kindInWords = switch (kind) {
            case TEXT, SECRET -> "a string";
            case PIN -> "a string 'sha256/<base64 of 32 bytes>'";
            case COMPRESSION -> "NONE, LZ4 or ZSTD";
            case NUMBER -> "a whole number from 1";
        };
        return kindInWords + " for " + words;
    }

    private String describe(Value value) {
        if (isSecret()) {
            return "something else";
        }
        return value instanceof Value.Text ? "the string '" + value.asText() + "'" : value.asText();
    }

    private static boolean isCount(Value.Numeric numeric) {
        return numeric.number().signum() > 0
                && numeric.number().stripTrailingZeros().scale() <= 0
                && numeric.number().precision() <= 18;
    }

    private static boolean isPin(String text) {
        if (!text.startsWith(PIN_PREFIX)) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(text.substring(PIN_PREFIX.length())).length == PIN_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
