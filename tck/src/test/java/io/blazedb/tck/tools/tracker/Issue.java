package io.blazedb.tck.tools.tracker;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A report of something that is wrong. */
@Entity
public class Issue {
    /** How far the work has come. */
    public enum Status {
        OPEN,
        IN_WORK,
        DONE
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    @Nullable
    Long id;

    @Version
    int version;

    @Column(nullable = false, length = 200)
    String title = "";

    @Lob
    String text = "";

    @Enumerated(EnumType.STRING)
    Status status = Status.OPEN;

    Instant reported = Instant.EPOCH;

    @ManyToOne(fetch = FetchType.LAZY)
    @Nullable
    Person assignee;

    @ElementCollection
    Set<String> tags = new HashSet<>();

    @ManyToMany
    List<Person> watchers = new ArrayList<>();

    @OneToMany(mappedBy = "issue", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("id")
    List<Comment> comments = new ArrayList<>();

    protected Issue() {}

    public Issue(String title, String text) {
        this.title = title;
        this.text = text;
    }

    public @Nullable Long id() {
        return id;
    }

    public String text() {
        return text;
    }

    public Status status() {
        return status;
    }

    public Set<String> tags() {
        return tags;
    }

    public List<Comment> comments() {
        return comments;
    }

    public List<Person> watchers() {
        return watchers;
    }

    public void assign(Person person) {
        assignee = person;
        status = Status.IN_WORK;
    }

    public void comment(String words) {
        comments.add(new Comment(this, words));
    }
}
