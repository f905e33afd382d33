package io.blazedb.internal.jdbc.url;

/** A password. Never printed: {@code toString} does not show it. Immutable, so any thread may use it. */
public final class Secret {
    public static final Secret NONE = new Secret(new char[0]);

    private final char[] characters;

    private Secret(char[] characters) {
        this.characters = characters;
    }

    public static Secret of(char[] characters) {
        return new Secret(characters.clone());
    }

    public static Secret of(String characters) {
        return new Secret(characters.toCharArray());
    }

    /** A copy, which the caller may clear. */
    public char[] copy() {
        return characters.clone();
    }

    public boolean isEmpty() {
        return characters.length == 0;
    }

    @Override
    public String toString() {
        return "***";
    }
}
