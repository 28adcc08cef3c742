package io.holdpoint.workflow.approval;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.regex.Pattern;

/** Names one approval. Unguessable (130 random bits), though knowing it gives nobody any right. */
public record ApprovalId(String value) {

    private static final Pattern FORM = Pattern.compile("apr_[0-9a-hjkmnp-tv-z]{26}");
    private static final char[] CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LETTERS = 26;
    private static final SecureRandom RANDOM = new SecureRandom();

    public ApprovalId {
        Objects.requireNonNull(value);
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no approval id; one is apr_ and 26 letters or digits".formatted(value));
        }
    }

    public static ApprovalId random() {
        var id = new StringBuilder("apr_");
        for (var i = 0; i < LETTERS; i++) {
            id.append(CROCKFORD[RANDOM.nextInt(CROCKFORD.length)]);
        }
        return new ApprovalId(id.toString());
    }

    /** Whether a text from outside has an id's form. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
