package io.blazedb.sql;

/** A choice that the grammar offers by words. */
public interface Keyword {

    /** The words as SQL has them, in upper case, with one space between two. */
    String words();
}
