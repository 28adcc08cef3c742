package io.holdpoint.gateway.enforcement;

import java.util.regex.Pattern;

/** Tells a client's time-out from a change of mind by the reason it gives for cancelling (spec 04). */
final class TimeOut {

    private static final Pattern WORDS = Pattern.compile("time[d]?[ -]?out", Pattern.CASE_INSENSITIVE);

    private TimeOut() {}

    static boolean isNamedIn(String reason) {
        return WORDS.matcher(reason).find();
    }
}
