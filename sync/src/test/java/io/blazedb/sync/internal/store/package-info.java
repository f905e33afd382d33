@org.jspecify.annotations.NullMarked
package io.blazedb.sync.internal.store;
