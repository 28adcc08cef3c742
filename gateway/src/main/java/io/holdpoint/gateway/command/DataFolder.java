package io.holdpoint.gateway.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A data directory and what made it: the demo's rows must not be carried into an installation, nor the other way round.
 *
 * @param path the directory, which need not be there
 */
record DataFolder(Path path) {

    static final String DEMO = "demo";
    static final String SERVE = "serve";

    private static final String MARK = "made-by";

    /**
     * Does nothing if this command made the directory, or nothing did.
     *
     * @param command {@link #DEMO} or {@link #SERVE}
     * @throws CannotRun if the other one made it
     */
    void refuseUnlessMadeBy(String command) throws IOException {
        var maker = maker();
        if (!maker.isEmpty() && !maker.equals(command)) {
            throw CannotRun.notInOrder(
                    "the data in %s was made by `holdpoint %s`, and `holdpoint %s` does not go on with it; move it away"
                            .formatted(path, maker, command));
        }
    }

    /** Notes who made the directory; does nothing if it is not there or has a mark. */
    void markAsMadeBy(String command) throws IOException {
        if (Files.isDirectory(path) && !Files.exists(mark())) {
            Files.writeString(mark(), command + "\n");
        }
    }

    private String maker() throws IOException {
        return Files.exists(mark()) ? Files.readString(mark()).strip() : unmarked();
    }

    /** A database without a mark is an installation's: a demo marks its directory before anything else. */
    private String unmarked() {
        return Files.exists(path.resolve("holdpoint.mv.db")) ? SERVE : "";
    }

    private Path mark() {
        return path.resolve(MARK);
    }
}
