package io.holdpoint.gateway.mcp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What the bytes of a text are, before anybody parses them: eight at a time where they are plain ASCII. */
final class Utf8 {

    static final int NONE = -1;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;
    private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;

    private Utf8() {}

    /**
     * The offset of the first byte that is not UTF-8 of JSON (RFC 3629, section 4; RFC 8259, section 8.1: no byte order
     * mark), or {@link #NONE}. A NUL among the first four counts too: parsers would take the text for UTF-16 or UTF-32.
     */
    static int firstFault(byte[] text) {
        for (var i = 0; i < Math.min(4, text.length); i++) {
            if (text[i] == 0) {
                return i;
            }
        }
        if (text.length >= 3 && (text[0] & 0xff) == 0xEF && (text[1] & 0xff) == 0xBB && (text[2] & 0xff) == 0xBF) {
            return 0;
        }
        return firstMalformed(text);
    }

    private static int firstMalformed(byte[] text) {
        var at = 0;
        while (at < text.length) {
            if (text[at] >= 0) {
                at = isAscii(text, at) ? at + 8 : at + 1;
                continue;
            }
            var length = sequenceAt(text, at);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return NONE;
    }

    /** Whether eight bytes from here on are there and ASCII. */
    static boolean isAscii(byte[] text, int at) {
        return at + 8 <= text.length && ((long) EIGHT.get(text, at) & HIGH) == 0;
    }

    /** The length of the well-formed sequence of two to four bytes at an offset, or 0. */
    private static int sequenceAt(byte[] text, int at) {
        var lead = text[at] & 0xff;
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        var length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + length > text.length || !isSecond(lead, text[at + 1] & 0xff)) {
            return 0;
        }
        for (var i = at + 2; i < at + length; i++) {
            if ((text[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** The second byte is what tells overlong forms, surrogates and code points past U+10FFFF. */
    private static boolean isSecond(int lead, int second) {
        var lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        var highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return second >= lowest && second <= highest;
    }

    /**
     * The offset of the first escape that is half a surrogate pair, such as a {@code backslash ud800} alone, or
     * {@link #NONE}. Parsers disagree about them, so an approver could see another text than the server.
     */
    static int firstLoneSurrogate(byte[] json) {
        var at = 0;
        while (at < json.length) {
            if (json[at] != '\\') {
                at = hasNoBackslash(json, at) ? at + 8 : at + 1;
                continue;
            }
            var unit = escapedUnit(json, at);
            if (unit < 0 || !Character.isSurrogate((char) unit)) {
                at += unit < 0 ? 2 : 6;
            } else if (isPair(json, at, unit)) {
                at += 12;
            } else {
                return at;
            }
        }
        return NONE;
    }

    private static boolean hasNoBackslash(byte[] json, int at) {
        if (at + 8 > json.length) {
            return false;
        }
        var differences = (long) EIGHT.get(json, at) ^ BACKSLASHES;
        return ((differences - ONES) & ~differences & HIGH) == 0;
    }

    private static boolean isPair(byte[] json, int at, int unit) {
        if (!Character.isHighSurrogate((char) unit) || at + 6 >= json.length || json[at + 6] != '\\') {
            return false;
        }
        var next = escapedUnit(json, at + 6);
        return next >= 0 && Character.isLowSurrogate((char) next);
    }

    /** The UTF-16 unit of the {@code uXXXX} escape at an offset, or {@link #NONE} if it is none. */
    private static int escapedUnit(byte[] json, int at) {
        if (at + 6 > json.length || json[at + 1] != 'u') {
            return NONE;
        }
        var unit = 0;
        for (var i = at + 2; i < at + 6; i++) {
            var digit = Character.digit(json[i], 16);
            if (digit < 0) {
                return NONE;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
