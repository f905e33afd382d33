package io.blazedb.internal.cli.demo;

/** A result of the demo is not what it has to be. The message says what was found and what was expected. */
public final class DemoFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailedException(String message) {
        super(message);
    }
}
