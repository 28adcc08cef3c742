package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.upstream.Server;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code servers:}. */
final class ServersReader {

    /** Tools may work long without a word; giving up leaves open whether they acted. */
    static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern METHOD = Pattern.compile("[A-Za-z$_.*-]+(/[A-Za-z$_.*-]+)*");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}"); // RFC 9110, 5.6.2
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");

    /** What the gateway itself sets on each request; two of them would be ambiguous. */
    private static final Set<String> OURS = Set.of(
            "accept",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "last-event-id",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final Reading reading;

    ServersReader(Reading reading) {
        this.reading = reading;
    }

    Map<String, Server> read(Fields holdpoint) {
        var servers = new LinkedHashMap<String, Server>();
        holdpoint.objects("servers").forEach((name, fields) -> {
            reading.checkName(fields.self(), name);
            read(name, fields).ifPresent(server -> servers.put(name, server));
        });
        return servers;
    }

    private Optional<Server> read(String name, Fields fields) {
        reading.notBuilt(fields, "command", "env", "per-session", "max-processes", "oauth");
        var url = url(fields);
        var headers = headers(fields);
        var denied = deniedMethods(fields);
        var timeout = fields.duration("timeout", SHORTEST, LONGEST).orElse(TIMEOUT);
        var trusted = fields.bool("trusted", false);
        fields.noOthers();
        return url.map(u -> new Server(name, u, headers, denied, timeout, trusted));
    }

    private Optional<URI> url(Fields fields) {
        if (fields.has("command") && !fields.has("url")) {
            return Optional.empty(); // already refused as not available
        }
        var text = fields.text("url");
        var url = Urls.http(text);
        if (!text.isEmpty() && url.isEmpty()) {
            var hint = "is not a server's URL; use http://host:port/path or https, without user, password or #";
            reading.faults().at(fields.any("url").orElseThrow(), hint);
        }
        return url;
    }

    private Map<String, String> headers(Fields fields) {
        var headers = new LinkedHashMap<String, String>();
        var section = fields.object("headers");
        if (section.isEmpty()) {
            return headers;
        }
        var names = new HashSet<String>();
        section.get().self().members().forEach((name, node) -> {
            checkHeader(name, node, names);
            section.get().optionalText(name).ifPresent(value -> headers.put(name, value));
        });
        return headers;
    }

    private void checkHeader(String name, Node node, Set<String> names) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (!HEADER_NAME.matcher(name).matches()) {
            reading.faults().at(node, "is not a header's name; use letters, digits and dashes");
        } else if (OURS.contains(lower) || lower.startsWith("mcp-")) {
            reading.faults().at(node, "is set by the gateway itself; leave it out");
        } else if (!names.add(lower)) {
            reading.faults().at(node, "is there twice, in another case; remove one");
        }
        if (node instanceof Node.Text text) {
            checkHeaderValue(lower, text);
        }
    }

    private void checkHeaderValue(String name, Node.Text text) {
        if (!text.value().isBlank() && !HEADER_VALUE.matcher(text.value()).matches()) {
            reading.faults().at(text, "has a letter that cannot stand in a header; use visible ASCII");
        } else if (name.equals("authorization") && !reading.placeholders().filled(text)) {
            reading.warn(text, "has a secret in the file; better ${NAME} from the environment");
        }
    }

    private Set<String> deniedMethods(Fields fields) {
        var section = fields.object("methods");
        if (section.isEmpty()) {
            return Set.of();
        }
        var denied = section.get().texts("deny");
        for (var node : section.get().list("deny")) {
            if (node instanceof Node.Text text && !METHOD.matcher(text.value()).matches()) {
                reading.faults().wrongValue(node, "use a method such as prompts/get, or a glob such as resources/*");
            }
        }
        section.get().noOthers();
        return Set.copyOf(denied);
    }
}
