package io.holdpoint.gateway.policy.operator;

/**
 * A text to look for in others, in time that grows with their length alone (Knuth, Morris and Pratt): the library's
 * search takes the product of both lengths for texts that are made for it. Immutable.
 */
final class Needle {

    private final String text;

    /** For each beginning of the text the longest part that it both begins and ends with. */
    private final int[] borders;

    Needle(String text) {
        this.text = text;
        this.borders = new int[text.length()];
        for (int i = 1, matched = 0; i < borders.length; i++) {
            matched = longer(matched, text.charAt(i));
            borders[i] = matched;
        }
    }

    boolean isIn(String other) {
        int matched = 0;
        for (int i = 0; i < other.length() && matched < borders.length; i++) {
            matched = longer(matched, other.charAt(i));
        }
        return matched == borders.length;
    }

    private int longer(int matched, char next) {
        int length = matched;
        while (length > 0 && text.charAt(length) != next) {
            length = borders[length - 1];
        }
        return text.charAt(length) == next ? length + 1 : length;
    }
}
