package io.holdpoint.gateway.document;

/** Reads one document: JSON if the name ends in {@code .json}, else YAML. */
public final class DocumentReader {

    private DocumentReader() {}

    /**
     * Reads a document strictly: UTF-8, no duplicate keys, no trailing data, no anchors, aliases or tags.
     *
     * @param file its name, for messages and to tell the format
     * @throws FaultyDocument if it cannot be read
     */
    public static Node read(String file, byte[] bytes) {
        throw new UnsupportedOperationException("written by the policy room");
    }
}
