package io.blazedb.tck.tools.tracker;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.util.UUID;

/** Somebody who reports or works on issues. */
@Entity
public class Person {
    @Id
    @GeneratedValue(strategy = GenerationType.UUID)
    @SuppressWarnings("NullAway.Init")
    UUID id;

    @Column(unique = true, nullable = false, length = 60)
    String name = "";

    protected Person() {}

    public Person(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }
}
