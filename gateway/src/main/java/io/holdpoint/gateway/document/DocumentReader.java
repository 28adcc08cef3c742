package io.holdpoint.gateway.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Reads one document: JSON if the name ends in {@code .json}, else YAML. */
public final class DocumentReader {

    /** The largest document in bytes; nobody writes a larger one by hand. */
    public static final int MAX_BYTES = 8 << 20;

    /** The deepest nesting of objects and lists. */
    public static final int MAX_DEPTH = 64;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private DocumentReader() {}

    /**
     * A document's bytes. Of a file that is too large only as many as it takes to say so, for nobody knows what comes to
     * stand in a document's place.
     *
     * @throws IOException if it cannot be read
     */
    public static byte[] bytes(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    /**
     * Reads a document strictly: UTF-8, no duplicate keys, no trailing data, no anchors, aliases or tags.
     *
     * @param file its name, for messages and to tell the format
     * @throws FaultyDocument if it cannot be read
     */
    public static Node read(String file, byte[] bytes) {
        var faults = new Faults();
        var document = read(file, bytes, faults);
        faults.throwIfAny();
        return document.orElseThrow();
    }

    /**
     * The same, but notes what is wrong instead of throwing it, so that a reader who knows what the document should say
     * can add their own faults; empty if there is nothing to go on with.
     */
    public static Optional<Node> read(String file, byte[] bytes, Faults faults) {
        try {
            return Optional.of(parse(file, decode(file, bytes), faults));
        } catch (FaultyDocument end) {
            faults.addAll(end.faults());
            return Optional.empty();
        }
    }

    private static Node parse(String file, String text, Faults faults) {
        return file.toLowerCase(Locale.ROOT).endsWith(".json")
                ? new JsonDocument(file, text, faults).read()
                : new YamlDocument(file, text, faults).read();
    }

    private static String decode(String file, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw Faults.fatal(file, 1, "", "is larger than " + MAX_BYTES + " bytes; split it or make it smaller");
        }
        var text = decodeUtf8(file, bytes);
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            throw Faults.fatal(file, 1, "", "begins with a byte-order mark; save it as UTF-8 without one");
        }
        return text;
    }

    private static String decodeUtf8(String file, byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
        } catch (CharacterCodingException e) {
            throw Faults.fatal(file, lineOfByte(bytes, in.position()), "", "is not UTF-8 here; save it as UTF-8");
        }
    }

    private static int lineOfByte(byte[] bytes, int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
