package io.blazedb.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test with one parameter, an empty {@link Database}: it runs once on each kind that is switched on. */
@TestTemplate
@ExtendWith(EveryTargetExtension.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface EveryTarget {
    /** Only on files: what the test is about does not exist in memory. */
    boolean filesOnly() default false;
}
