package io.blazedb.tck.tools.tracker;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;

/** What somebody said about an issue. Its key is an identity column. */
@Entity
public class Comment {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @ManyToOne(optional = false)
    @Nullable
    Issue issue;

    String words = "";

    protected Comment() {}

    Comment(Issue issue, String words) {
        this.issue = issue;
        this.words = words;
    }

    public String words() {
        return words;
    }
}
