package io.blazedb.internal.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A column's type as H2 prints it, seen as what it can be merged with. Needs no database. */
record DeclaredType(String text) {
    private enum Family {
        INTEGER,
        DECIMAL,
        FLOATING,
        CHARACTER,
        BINARY,
        YEAR_TO_MONTH,
        DAY_TO_SECOND,
        ENUM,
        GEOMETRY,
        ARRAY,
        ROW,
        /** Types that are comparable with themselves only, whatever their precision. */
        SINGLE
    }

    private static final Pattern PRECISION = Pattern.compile("\\(\\d+(, \\d+)?\\)");
    private static final Pattern ARRAY = Pattern.compile("(.*) ARRAY(\\[\\d+])?", Pattern.DOTALL);
    private static final Pattern REFERENCE_SYSTEM = Pattern.compile(", (\\d+)\\)$");
    private static final Set<String> YEAR_TO_MONTH =
            Set.of("INTERVAL YEAR", "INTERVAL MONTH", "INTERVAL YEAR TO MONTH");

    /** Whether each side can come to hold the values of the other, by widening at most. */
    boolean isComparableWith(DeclaredType other) {
        Family family = family();
        if (family != other.family()) {
            return false;
        }
        return switch (family) {
            case ENUM -> !differInCaseOnly(other);
            case ARRAY -> kind().equals(other.kind()) && element().isComparableWith(other.element());
            case GEOMETRY -> haveSameReferenceSystem(other);
            case ROW -> text.equals(other.text);
            case SINGLE -> name().equals(other.name());
            default -> true;
        };
    }

    /**
     * Whether equal values of one are equal values of the other: texts may be padded or compared without case on one
     * side only, which is of no matter outside keys.
     */
    boolean isKeyCompatibleWith(DeclaredType other) {
        return isComparableWith(other) && (family() != Family.CHARACTER || name().equals(other.name()));
    }

    /** The same text for all types that {@link #isComparableWith} can hold for, in steps if need be. */
    String kind() {
        Family family = family();
        return switch (family) {
            case ARRAY -> (element().isEnum() ? element().text : element().kind()) + " ARRAY"; // H2 converts none
            case ROW -> text;
            case SINGLE -> name();
            default -> family.name();
        };
    }

    private Family family() {
        if (ARRAY.matcher(text).matches()) {
            return Family.ARRAY;
        }
        String name = name();
        return switch (name) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> Family.INTEGER;
            case "NUMERIC", "DECIMAL", "DECFLOAT" -> Family.DECIMAL;
            case "REAL", "DOUBLE PRECISION", "FLOAT" -> Family.FLOATING;
            case "CHARACTER", "CHARACTER VARYING", "CHARACTER LARGE OBJECT", "VARCHAR_IGNORECASE" -> Family.CHARACTER;
            case "BINARY", "BINARY VARYING", "BINARY LARGE OBJECT" -> Family.BINARY;
            default -> familyByBeginning(name);
        };
    }

    private static Family familyByBeginning(String name) {
        if (name.startsWith("ENUM(")) {
            return Family.ENUM;
        }
        if (name.startsWith("ROW(")) {
            return Family.ROW;
        }
        if (name.startsWith("GEOMETRY")) {
            return Family.GEOMETRY;
        }
        if (name.startsWith("INTERVAL ")) {
            return YEAR_TO_MONTH.contains(name) ? Family.YEAR_TO_MONTH : Family.DAY_TO_SECOND;
        }
        return Family.SINGLE;
    }

    /** The type without lengths and precisions. */
    private String name() {
        return PRECISION.matcher(text).replaceAll("");
    }

    private DeclaredType element() {
        Matcher matcher = ARRAY.matcher(text);
        return matcher.matches() ? new DeclaredType(matcher.group(1)) : this;
    }

    private boolean haveSameReferenceSystem(DeclaredType other) {
        Optional<String> ours = referenceSystem();
        Optional<String> theirs = other.referenceSystem();
        return ours.isEmpty() || theirs.isEmpty() || ours.equals(theirs);
    }

    private Optional<String> referenceSystem() {
        Matcher matcher = REFERENCE_SYSTEM.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    boolean isEnum() {
        return family() == Family.ENUM;
    }

    /**
     * An enumeration with the labels of both. When one has all of them it is that one; else the labels with which both
     * begin come first and the others follow by their spelling, so each side gets the same order.
     */
    DeclaredType withLabelsOf(DeclaredType other) {
        List<String> ours = labels();
        List<String> theirs = other.labels();
        if (ours.containsAll(theirs)) {
            return this;
        }
        if (theirs.containsAll(ours)) {
            return other;
        }
        int common = 0;
        while (ours.get(common).equals(theirs.get(common))) {
            common++;
        }
        Set<String> others = new TreeSet<>(ours.subList(common, ours.size()));
        others.addAll(theirs.subList(common, theirs.size()));
        List<String> all = new ArrayList<>(ours.subList(0, common));
        all.addAll(others);
        return new DeclaredType("ENUM(" + String.join(", ", all) + ")");
    }

    /** H2 takes no two labels of one enumeration that only differ in case or in spaces around them. */
    private boolean differInCaseOnly(DeclaredType other) {
        Map<String, String> ours = new HashMap<>();
        labels().forEach(label -> ours.put(folded(label), label));
        return other.labels().stream().anyMatch(label -> !label.equals(ours.getOrDefault(folded(label), label)));
    }

    private static String folded(String label) {
        return label.substring(1, label.length() - 1).strip().toUpperCase(Locale.ENGLISH);
    }

    /** The labels of an enumeration, as the literals that H2 prints. */
    private List<String> labels() {
        List<String> labels = new ArrayList<>();
        SqlTokens tokens = new SqlTokens(text);
        for (SqlTokens.Kind kind = tokens.next(); kind != SqlTokens.Kind.END; kind = tokens.next()) {
            if (kind == SqlTokens.Kind.STRING) {
                labels.add(text.substring(tokens.start(), tokens.end()));
            }
        }
        return labels;
    }
}
