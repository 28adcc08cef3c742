package io.holdpoint.gateway.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Globs and what they stand for, found by a name without trying them all: each waits under the text before its first
 * star or after its last, whichever is longer. Immutable.
 */
final class NameIndex<T> {

    private final Map<String, List<Ranked<T>>> byStart = new HashMap<>();
    private final Map<String, List<Ranked<T>>> byEnd = new HashMap<>();
    private final int[] starts;
    private final int[] ends;

    /** A glob and what it stands for. */
    record Entry<T>(Glob glob, T value) {}

    private record Ranked<T>(int rank, Entry<T> entry) {}

    /** Takes the entries in the order in which they count: of several that match a name, the first is found. */
    NameIndex(List<Entry<T>> entries) {
        for (int rank = 0; rank < entries.size(); rank++) {
            var entry = entries.get(rank);
            var start = entry.glob().start();
            var end = entry.glob().end();
            var waiting = start.length() >= end.length() ? bucket(byStart, start) : bucket(byEnd, end);
            waiting.add(new Ranked<>(rank, entry));
        }
        starts = lengths(byStart);
        ends = lengths(byEnd);
    }

    /** What the first glob that matches stands for. */
    Optional<T> first(String name) {
        var best = Optional.<Ranked<T>>empty();
        for (int i = 0; i < starts.length && starts[i] <= name.length(); i++) {
            best = earlier(best, byStart.get(name.substring(0, starts[i])), name);
        }
        for (int i = 0; i < ends.length && ends[i] <= name.length(); i++) {
            best = earlier(best, byEnd.get(name.substring(name.length() - ends[i])), name);
        }
        return best.map(found -> found.entry().value());
    }

    /** What all globs that match stand for, in the order in which they count. */
    List<T> all(String name) {
        var starting = Arrays.stream(starts)
                .filter(length -> length <= name.length())
                .mapToObj(length -> byStart.getOrDefault(name.substring(0, length), List.of()));
        var ending = Arrays.stream(ends)
                .filter(length -> length <= name.length())
                .mapToObj(length -> byEnd.getOrDefault(name.substring(name.length() - length), List.of()));
        return Stream.concat(starting, ending)
                .flatMap(List::stream)
                .filter(ranked -> ranked.entry().glob().matches(name))
                .sorted(Comparator.comparingInt(Ranked::rank))
                .map(ranked -> ranked.entry().value())
                .toList();
    }

    private static <T> List<Ranked<T>> bucket(Map<String, List<Ranked<T>>> buckets, String text) {
        return buckets.computeIfAbsent(text, nothing -> new ArrayList<>());
    }

    private static <T> int[] lengths(Map<String, List<Ranked<T>>> buckets) {
        return buckets.keySet().stream()
                .mapToInt(String::length)
                .distinct()
                .sorted()
                .toArray();
    }

    /** The best so far, or one of the bucket that matches and counts before it. */
    private static <T> Optional<Ranked<T>> earlier(
            Optional<Ranked<T>> best, @Nullable List<Ranked<T>> bucket, String name) {
        int rank = best.map(Ranked::rank).orElse(Integer.MAX_VALUE);
        for (var ranked : bucket == null ? List.<Ranked<T>>of() : bucket) {
            if (ranked.rank() >= rank) {
                return best;
            }
            if (ranked.entry().glob().matches(name)) {
                return Optional.of(ranked);
            }
        }
        return best;
    }
}
