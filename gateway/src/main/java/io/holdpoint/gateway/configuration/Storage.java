package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.workflow.database.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The database and its data key. They belong together: sealed values open only with the key they were written with.
 * Checking writes nothing; {@link #prepare} does, once everything is known to be right.
 */
final class Storage {

    private final Reading reading;
    private final Path dataDirectory;
    private final Optional<String> url;
    private Optional<byte[]> key = Optional.empty();
    private boolean hasOwnKey;

    Storage(Reading reading, Path dataDirectory, Optional<String> url) {
        this.reading = reading;
        this.dataDirectory = dataDirectory;
        this.url = url;
    }

    /** A database ready to open. */
    record Prepared(String jdbcUrl, byte[] dataKey) {}

    /** @param keys the section {@code keys:} */
    void check(Node holdpoint, SpringKeys spring, Optional<Fields> keys) {
        spring.node(SpringKeys.URL).ifPresent(this::checkUrl);
        keys.ifPresent(fields -> {
            reading.notBuilt(fields, "audit");
            key = configured(fields);
            fields.noOthers();
        });
        hasOwnKey = keys.filter(fields -> fields.has("data")).isPresent();
        if (!hasOwnKey) {
            checkGenerated(holdpoint);
        }
    }

    /** The data key that is there, once it was checked; empty where one would have to be made. */
    Optional<byte[]> key() {
        return key;
    }

    /** Makes what is missing on disk. */
    Prepared prepare() throws IOException {
        var jdbcUrl = DatabaseUrl.safe(url, dataDirectory);
        return new Prepared(jdbcUrl, key.isPresent() ? key.get() : DataKey.generate(dataDirectory));
    }

    /** Whether the database or its key is in the data directory; with neither, nothing is read or written there. */
    boolean usesDataDirectory() {
        return url.isEmpty() || !hasOwnKey;
    }

    /** Whether there is a database to look into, as far as its files say; of another machine's nothing is known. */
    boolean isThere() {
        var hasKey = hasOwnKey || Files.exists(DataKey.file(dataDirectory));
        return hasKey && (url.isPresent() || Files.exists(dataDirectory.resolve("holdpoint.mv.db")));
    }

    /** H2 has a user of its own making; {@code sa} is the one its tools expect. */
    boolean needsH2User() {
        return isH2() && !url.orElse("").toUpperCase(Locale.ROOT).contains(";USER=");
    }

    private boolean isH2() {
        return url.isEmpty() || url.get().startsWith("jdbc:h2:");
    }

    private void checkUrl(Node node) {
        try {
            DatabaseUrl.safe(url, dataDirectory);
        } catch (IllegalArgumentException | IOException e) {
            // The message begins with the key itself and never says the URL: a password may stand in it.
            reading.faults().at(node, String.valueOf(e.getMessage()).replace(SpringKeys.URL + " ", ""));
        }
    }

    private Optional<byte[]> configured(Fields fields) {
        var text = fields.optionalText("data");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var node = fields.any("data").orElseThrow();
        var parsed = DataKey.parse(text.get());
        if (parsed.isEmpty()) {
            reading.faults().at(node, "is not a key; use " + DataKey.FORM);
        } else if (!reading.placeholders().filled(node)) {
            reading.warn(node, "is in clear in the file; better ${NAME} from the environment");
        }
        return parsed;
    }

    private void checkGenerated(Node holdpoint) {
        if (!isH2()) {
            reading.faults()
                    .at(holdpoint, "lacks keys.data, which this database needs on every node; use " + DataKey.FORM);
            return;
        }
        var file = DataKey.file(dataDirectory);
        if (Files.exists(file)) {
            key = stored(holdpoint, file);
        } else if (url.isEmpty() && Files.exists(dataDirectory.resolve("holdpoint.mv.db"))) {
            reading.faults().at(holdpoint, "has a database but its key %s is gone; put it back".formatted(file));
        }
    }

    private Optional<byte[]> stored(Node holdpoint, Path file) {
        try {
            var parsed = DataKey.parse(Files.readString(file));
            if (parsed.isEmpty()) {
                reading.faults().at(holdpoint, "has no data key in %s; put back the file as it was".formatted(file));
            } else if (DataKey.isReadableByOthers(file)) {
                reading.warnings().add("%s can be read by others; chmod 600 it".formatted(file));
            }
            return parsed;
        } catch (IOException e) {
            reading.faults().at(holdpoint, "cannot read its data key %s; make it readable".formatted(file));
            return Optional.empty();
        }
    }
}
