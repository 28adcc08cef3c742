package io.holdpoint.workflow.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it goes into the database. All but the body exists to be searched.
 *
 * @param body the exact bytes of one JSON object
 * @param commitments the values behind the body's commitments
 */
record EntryRow(
        String type,
        @Nullable String subject,
        String actor,
        @Nullable String server,
        @Nullable String tool,
        @Nullable String grant,
        @Nullable String outcome,
        byte[] body,
        List<Commitment> commitments) {

    /** The columns' width in characters. */
    static final int WIDTH = 255;

    private static final char REPLACEMENT = '\ufffd';

    /**
     * The form in which a text is stored in a column and looked for there: cut to its width, and without what PostgreSQL
     * does not store (NUL, lone surrogates). An agent chooses some of these texts, and an entry must not fail on them.
     */
    static String searchable(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (i == WIDTH || c == 0 || Character.isSurrogate(c)) {
                return cleaned(text.substring(0, Math.min(WIDTH, text.length())));
            }
        }
        return text;
    }

    private static String cleaned(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || c <= 0xffff && Character.isSurrogate((char) c) ? REPLACEMENT : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
