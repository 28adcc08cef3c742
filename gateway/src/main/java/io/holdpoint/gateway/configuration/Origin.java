package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.FaultyDocument;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * Where a configuration came from, so that it can be read again as it was the first time.
 *
 * @param file the configuration's file
 */
record Origin(ConfigurationReader reader, Path file, Path dataDirectory) {

    Origin {
        Objects.requireNonNull(reader);
        Objects.requireNonNull(file);
        Objects.requireNonNull(dataDirectory);
    }

    /**
     * Reads everything again.
     *
     * @param files filled with every file that was looked at, those included that are missing or faulty
     * @throws FaultyDocument with everything that is wrong
     */
    ConfigurationReader.Again read(Set<Path> files) {
        return reader.readAgain(file, dataDirectory, files);
    }
}
