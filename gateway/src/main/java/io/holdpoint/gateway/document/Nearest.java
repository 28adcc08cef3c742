package io.holdpoint.gateway.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what somebody may have meant. */
public final class Nearest {

    private static final int LONGEST = 64;

    private Nearest() {}

    /** The allowed name that looks most like the one found, if any looks like it. */
    static Optional<String> to(String found, Collection<String> allowed) {
        if (found.length() > LONGEST) {
            return Optional.empty();
        }
        return allowed.stream()
                .filter(name -> name.length() <= LONGEST)
                .filter(name -> distance(found, name) <= Math.max(1, Math.max(found.length(), name.length()) / 3))
                .min(Comparator.<String>comparingInt(name -> distance(found, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code ; did you mean limits?} or, where nothing is near, {@code ; use limits, redact or risk}. */
    public static String advice(String found, Collection<String> allowed) {
        return to(found, allowed)
                .map(name -> "; did you mean " + name + "? Allowed: " + listed(allowed))
                .orElseGet(() -> allowed.isEmpty() ? "; remove it" : "; use " + listed(allowed));
    }

    /** {@code  (did you mean minute?)}, or nothing where no name is near. */
    public static String hint(String found, Collection<String> allowed) {
        return to(found, allowed).map(name -> " (did you mean " + name + "?)").orElse("");
    }

    /** {@code a, b or c}. */
    public static String listed(Collection<String> names) {
        var sorted = names.stream().limit(40).toList();
        if (sorted.size() < 2 || sorted.size() < names.size()) {
            return String.join(", ", sorted) + (sorted.size() < names.size() ? ", …" : "");
        }
        var allButLast = sorted.stream().limit(sorted.size() - 1L).collect(Collectors.joining(", "));
        return allButLast + " or " + sorted.get(sorted.size() - 1);
    }

    /** Edits between two names: letters added, left out, replaced or swapped with their neighbour. Case costs nothing. */
    static int distance(String from, String to) {
        var a = from.toLowerCase(Locale.ROOT);
        var b = to.toLowerCase(Locale.ROOT);
        var edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
