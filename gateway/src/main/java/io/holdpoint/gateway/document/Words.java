package io.holdpoint.gateway.document;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The words a document may use in one place and what they stand for, as {@link Fields#word} takes them. */
public final class Words {

    private Words() {}

    /** The values by their words, in their order; unmodifiable. */
    public static <T> Map<String, T> of(T[] values, Function<T, String> word) {
        var words = new LinkedHashMap<String, T>();
        Arrays.stream(values).forEach(value -> words.put(word.apply(value), value));
        return Collections.unmodifiableMap(words);
    }

    /** Words that stand for themselves, in their order; unmodifiable. */
    public static Map<String, String> of(String... words) {
        return of(words, word -> word);
    }
}
