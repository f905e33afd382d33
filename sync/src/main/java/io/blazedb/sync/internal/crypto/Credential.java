package io.blazedb.sync.internal.crypto;

/** By what an initiator asks to come in. */
public sealed interface Credential {
    /** It is a member already: its static key says so. The index is how much of the membership log it knows. */
    record Member(long membershipIndex) implements Credential {}

    /** It has a token and wants to become a member; both sides prove that they know it. */
    record Enrolment(Token token) implements Credential {}
}
