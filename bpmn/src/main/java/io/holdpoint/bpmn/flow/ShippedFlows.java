package io.holdpoint.bpmn.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The flows that come with Holdpoint. A flow's name is its process id; its file is {@code flows/NAME.bpmn} in this jar. */
public final class ShippedFlows {

    private static final List<String> NAMES = List.of("single-approval");

    private ShippedFlows() {}

    public static List<String> names() {
        return NAMES;
    }

    /**
     * Reads a flow's drawing.
     *
     * @param name one of {@link #names()}
     * @return the BPMN file's bytes
     */
    public static byte[] read(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no flow \"%s\" is shipped; these are: %s".formatted(name, NAMES));
        }
        try (var file = ShippedFlows.class.getResourceAsStream("/" + file(name))) {
            if (file == null) {
                throw new IllegalStateException(file(name) + " is missing from the jar; build it again");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file(name), e);
        }
    }

    /** The file's path inside the jar, also its name in the engine. */
    public static String file(String name) {
        return "flows/" + name + ".bpmn";
    }
}
