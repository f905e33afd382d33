package io.blazedb.internal.cli;

import java.io.Console;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Whether somebody sits at the console. Up to JDK 21 there is a console only then; later ones always have one, which
 * knows whether it is a terminal by a method that Java 17 lacks.
 */
final class Terminals {
    private Terminals() {}

    static boolean isInteractive() {
        return console().isPresent();
    }

    /** The console where somebody sits. */
    static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Terminals::isTerminal);
    }

    private static boolean isTerminal(Console console) {
        try {
            Method question = Console.class.getMethod("isTerminal");
            return (boolean) question.invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Console.isTerminal cannot be called", e);
        }
    }
}
