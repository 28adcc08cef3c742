package io.holdpoint.gateway.mcp;

/**
 * Turns a parser's offsets, in UTF-16 units, into offsets in the bytes. It only walks forward, so that all questions
 * about one text together cost one pass at most.
 */
final class ByteOffsets {

    private final byte[] text;
    private long units;
    private int bytes;

    /** @param text well-formed UTF-8 */
    ByteOffsets(byte[] text) {
        this.text = text;
    }

    /** @param unit not less than the one asked for before */
    int at(long unit) {
        if (unit < units) {
            throw new IllegalArgumentException("offset %d was asked for after %d".formatted(unit, units));
        }
        while (units < unit) {
            if (units + 8 <= unit && Utf8.isAscii(text, bytes)) {
                units += 8;
                bytes += 8;
            } else {
                step();
            }
        }
        return bytes;
    }

    private void step() {
        var lead = text[bytes] & 0xff;
        units += lead < 0xF0 ? 1 : 2;
        bytes += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }
}
