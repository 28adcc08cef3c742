package io.holdpoint.gateway.policy.operator;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Regular expressions in RE2's syntax, which match in linear time. RE2/J unrolls counted repeats and compiles groups
 * recursively, so a short expression could still fill the memory or the stack; such ones are refused before.
 */
final class Regex {

    private static final int LARGEST = 10_000;
    private static final int DEEPEST = 200;

    /** What each expression needs besides its program, in instructions of some 50 bytes. */
    private static final int EACH = 10;

    /** A class of Unicode is one instruction, and up to four kilobytes of ranges. */
    private static final int UNICODE_CLASS = 80;

    private static final java.util.regex.Pattern COUNT =
            java.util.regex.Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?}");

    private Regex() {}

    /** Not a usable expression; the message says why, to stand after the expression. */
    static final class Unusable extends Exception {
        Unusable(String message) {
            super(message, null, false, false);
        }
    }

    static Pattern compile(String expression) throws Unusable {
        programSize(expression);
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new Unusable("not a regular expression of RE2 (" + e.getDescription() + ")");
        }
    }

    /** What an expression is going to need in memory, in instructions, estimated before it is compiled. */
    static long size(String expression) throws Unusable {
        return EACH + programSize(expression) + (long) UNICODE_CLASS * unicodeClasses(expression);
    }

    private static int unicodeClasses(String expression) {
        int classes = 0;
        for (int i = 0; i < expression.length() - 1; i++) {
            if (expression.charAt(i) == '\\') {
                char kind = expression.charAt(++i);
                classes += kind == 'p' || kind == 'P' ? 1 : 0;
            }
        }
        return classes;
    }

    /** Estimates the program's size: each group adds up what is in it, each count multiplies what is before it. */
    private static long programSize(String expression) throws Unusable {
        Deque<Long> groups = new ArrayDeque<>();
        long sum = 0;
        long last = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '(') {
                groups.push(sum);
                sum = 0;
                last = 0;
            } else if (c == ')' && !groups.isEmpty()) {
                last = sum + 1;
                sum = groups.pop() + last;
            } else if (c == '{') {
                long count = countAt(expression, i);
                sum += last * (count - 1);
                last *= count;
            } else {
                i += c == '\\' ? 1 : 0;
                last = 1;
                sum++;
            }
            if (sum > LARGEST || groups.size() > DEEPEST) {
                throw new Unusable("a regular expression that is too large; repeat less or nest less");
            }
        }
        return sum;
    }

    private static long countAt(String expression, int at) {
        var matcher = COUNT.matcher(expression).region(at, expression.length());
        if (!matcher.lookingAt()) {
            return 1;
        }
        var most = matcher.group(2) == null || matcher.group(2).isEmpty() ? matcher.group(1) : matcher.group(2);
        return Math.max(1, Long.parseLong(most));
    }
}
