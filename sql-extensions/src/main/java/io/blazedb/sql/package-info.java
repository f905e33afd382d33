/**
 * The statements that BlazeDB adds to SQL: their grammar, as values that print themselves. No type of the parser shows
 * here, and nothing here knows a database.
 */
@NullMarked
package io.blazedb.sql;

import org.jspecify.annotations.NullMarked;
