package io.blazedb.sync.internal.session;

import io.blazedb.sync.VersionVector;

/**
 * What a member said of itself.
 *
 * @param at when it said so, in milliseconds of its clock; never twice the same with different content
 * @param applied what it had applied
 * @param own the last operations of its own origins then
 */
public record MemberReport(long at, VersionVector applied, VersionVector own) {}
