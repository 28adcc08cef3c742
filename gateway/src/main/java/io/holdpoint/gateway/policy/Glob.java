package io.holdpoint.gateway.policy;

/** A tool name in which {@code *} stands for any characters, or none. */
record Glob(String pattern) {

    boolean isExact() {
        return pattern.indexOf('*') < 0;
    }

    /** What every name begins with that matches: the text before the first star. */
    String start() {
        return isExact() ? pattern : pattern.substring(0, pattern.indexOf('*'));
    }

    /** What every name ends with that matches: the text after the last star. */
    String end() {
        return pattern.substring(pattern.lastIndexOf('*') + 1);
    }

    boolean matches(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        // Goes back to the last star only, so it takes pattern times name steps at most.
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }
}
