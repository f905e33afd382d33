package io.blazedb.sql;

/** Whether printed SQL carries passwords, tokens and invitations. */
public enum Secrets {
    /** As they are: the text parses back to an equal statement. */
    SHOWN,
    /** As {@code '***'}: for logs, views and messages. */
    MASKED
}
