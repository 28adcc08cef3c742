package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Reads a {@link ConsoleAddress}. For one reading. */
final class ConsoleAddressReader {

    private static final String SECTION = "holdpoint.console";

    private final Path file;
    private final Faults faults = new Faults();
    private final Placeholders placeholders;
    private final Reading reading;

    ConsoleAddressReader(Function<String, Optional<String>> environment, Path file) {
        this.file = file;
        this.placeholders = new Placeholders(environment, faults);
        this.reading = new Reading(faults, placeholders);
    }

    ConsoleAddress read() {
        var document = DocumentReader.read(file.toString(), ConfigurationReader.bytes(file), faults)
                .orElseThrow(() -> new FaultyDocument(faults.all()));
        var root = placeholders.resolve(document);
        if (!(root instanceof Node.Obj object) || !object.members().containsKey("holdpoint")) {
            throw ConfigurationReader.fatal(file, "has no holdpoint; add it");
        }
        var spring = new SpringKeys(reading);
        spring.read(object);
        var console = Fields.of(object.members().get("holdpoint"), faults).flatMap(fields -> fields.object("console"));
        var settings = new ListenerReader(reading, Listening.anywhere()).console(console);
        var own = faults.all().stream()
                .filter(ConsoleAddressReader::isAboutConsole)
                .map(placeholders::withoutValues)
                .toList();
        if (!own.isEmpty()) {
            throw new FaultyDocument(own);
        }
        return new ConsoleAddress(settings, spring.isEncrypted());
    }

    private static boolean isAboutConsole(Fault fault) {
        return fault.path().equals("holdpoint")
                || fault.path().equals(SECTION)
                || fault.path().startsWith(SECTION + ".");
    }
}
