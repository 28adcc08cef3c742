package io.holdpoint.gateway.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}: the configuration a command looks at. */
final class ConfigOption {

    private static final Path USUAL = Path.of("holdpoint.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; else holdpoint.yaml in the working directory.")
    private @Nullable Path file;

    /** Whether somebody named one, who expects it to be there. */
    boolean isGiven() {
        return file != null;
    }

    /** Its name as a person knows it. */
    Path name() {
        return file == null ? USUAL : file;
    }

    /**
     * The file, if it is there.
     *
     * @param directory the working directory
     */
    Optional<Path> find(Path directory) {
        return Optional.of(directory.resolve(name())).filter(Files::isRegularFile);
    }
}
