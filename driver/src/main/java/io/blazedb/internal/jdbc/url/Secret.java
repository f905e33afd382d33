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

    /** In a time that does not depend on where they differ. */
    public boolean isSameAs(Secret other) {
        int difference = characters.length ^ other.characters.length;
        for (int i = 0; i < characters.length; i++) {
            char theirs = i < other.characters.length ? other.characters[i] : 0;
            difference |= characters[i] ^ theirs;
        }
        return difference == 0;
    }

    @Override
    public String toString() {
        return "***";
    }
}
