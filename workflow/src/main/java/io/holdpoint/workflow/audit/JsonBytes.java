package io.holdpoint.workflow.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON written by hand into bytes (RFC 8259): an allowed call waits for its entry, and this is its cheapest form. How
 * it escapes is part of what entries are hashed over, so it belongs to the log alone. The caller says when a comma is
 * due. Not safe for use by several threads.
 */
final class JsonBytes {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_ESCAPE = 6;

    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /** Appends what needs no escaping: structure, names of members, digits. */
    @SuppressWarnings("deprecation") // the one way to get ASCII out of a String without an array between
    void raw(String ascii) {
        reserve(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
    }

    /** Appends a string with its quotes. A lone surrogate, which UTF-8 cannot hold, becomes its {@code \\u} escape. */
    void string(String text) {
        reserve(text.length() * LONGEST_ESCAPE + 2);
        bytes[length++] = '"';
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                bytes[length++] = (byte) c;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                supplementary(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                special(c);
            }
        }
        bytes[length++] = '"';
    }

    private void special(char c) {
        if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
            escape(c);
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | c >> 6);
            continuation(c);
        } else {
            bytes[length++] = (byte) (0xe0 | c >> 12);
            continuation(c >> 6);
            continuation(c);
        }
    }

    private void escape(char c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        for (var shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[c >> shift & 0xf];
        }
    }

    private void supplementary(int codePoint) {
        bytes[length++] = (byte) (0xf0 | codePoint >> 18);
        continuation(codePoint >> 12);
        continuation(codePoint >> 6);
        continuation(codePoint);
    }

    private void continuation(int bits) {
        bytes[length++] = (byte) (0x80 | bits & 0x3f);
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
