package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.console.access.ConsoleSettings;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.listener.AgentSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code agents:} and {@code console:}. */
final class ListenerReader {

    private static final int LARGEST_PORT = 65_535;
    private static final int SMALLEST_BODY = 1 << 10;
    private static final int LARGEST_BODY = 64 << 20;
    private static final int LARGEST_DEPTH = 256;

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._:%-]{1,255}");
    private static final Pattern LOOPBACK = Pattern.compile("127\\.[0-9.]+|localhost|::1");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KiB|MiB)");

    private final Reading reading;
    private final Listening listening;

    ListenerReader(Reading reading, Listening listening) {
        this.reading = reading;
        this.listening = listening;
    }

    AgentSettings agents(Optional<Fields> section) {
        var normal = AgentSettings.defaults();
        if (section.isEmpty()) {
            return normal;
        }
        var fields = section.get();
        var settings = new AgentSettings(
                address(fields).orElse(normal.address()),
                fields.integer("port", 0, LARGEST_PORT).orElse(normal.port()),
                maxBody(fields).orElse(normal.maxBody()),
                fields.integer("max-depth", 1, LARGEST_DEPTH).orElse(normal.maxDepth()),
                fields.texts("allowed-hosts"),
                fields.texts("allowed-origins"));
        reading.notBuilt(fields, "oauth");
        fields.noOthers();
        return settings;
    }

    ConsoleSettings console(Optional<Fields> section) {
        var normal = ConsoleSettings.defaults();
        if (section.isEmpty()) {
            return normal;
        }
        var fields = section.get();
        var settings = new ConsoleSettings(
                address(fields).orElse(normal.address()),
                fields.integer("port", 0, LARGEST_PORT).orElse(normal.port()),
                publicUrl(fields),
                fields.texts("allowed-hosts"));
        reading.notBuilt(fields, "oidc");
        fields.noOthers();
        return settings;
    }

    /** Two listeners, so that an agent's network never reaches a place where a call can be approved. */
    void checkApart(Node root, AgentSettings agents, ConsoleSettings console) {
        if (agents.port() == console.port() && agents.port() != 0) {
            reading.faults()
                    .at(
                            root,
                            "gives agents and console the same port %d; use two, such as 8080 and 8081"
                                    .formatted(agents.port()));
        }
    }

    /** Refuses an address or port that nobody could listen at here; the start would fail on it later, and less clearly. */
    void checkFree(Fields holdpoint, String listener, String address, int port) {
        var section = holdpoint.any(listener).filter(Node.Obj.class::isInstance).map(Node.Obj.class::cast);
        var addressNode = section.map(object -> object.members().get("address"));
        var portNode = section.map(object -> object.members().get("port"));
        if (addressNode.filter(node -> !isText(node, address)).isPresent()) {
            return; // refused already, for what it is
        }
        var faultOfAddress = listening.faultOfAddress(address);
        if (faultOfAddress.isPresent()) {
            notFree(addressNode, holdpoint, listener + ".address", faultOfAddress.get());
        } else if (portNode.filter(node -> !isNumber(node, port)).isEmpty()) {
            listening
                    .faultOfPort(address, port)
                    .ifPresent(fault -> notFree(portNode, holdpoint, listener + ".port", fault));
        }
    }

    private void notFree(Optional<Node> node, Fields holdpoint, String key, String fault) {
        node.ifPresentOrElse(
                there -> reading.faults().at(there, fault),
                () -> reading.faults().at(holdpoint.self(), "does not set %s, which %s".formatted(key, fault)));
    }

    private static boolean isText(Node node, String value) {
        return node instanceof Node.Text text && text.value().equals(value);
    }

    private static boolean isNumber(Node node, int value) {
        return node instanceof Node.Num number && number.value().compareTo(BigDecimal.valueOf(value)) == 0;
    }

    static boolean isLoopback(String address) {
        return LOOPBACK.matcher(address.toLowerCase(Locale.ROOT)).matches();
    }

    private Optional<String> address(Fields fields) {
        var address = fields.optionalText("address");
        address.ifPresent(value -> checkAddress(fields.any("address").orElseThrow(), value));
        return address;
    }

    private void checkAddress(Node node, String address) {
        if (!ADDRESS.matcher(address).matches()) {
            reading.faults().at(node, "is not an address; use an IP address or a host name without a port");
        } else if (!isLoopback(address)) {
            reading.warn(node, "is not loopback: the network can reach it; use TLS and a firewall");
        }
    }

    /** A number of bytes, or {@code 512KiB}, {@code 2MiB}. */
    private Optional<Integer> maxBody(Fields fields) {
        var node = fields.any("max-body");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        var bytes = bytes(node.get()).filter(n -> n >= SMALLEST_BODY && n <= LARGEST_BODY);
        if (bytes.isEmpty()) {
            reading.faults().wrongValue(node.get(), "use 1KiB to 64MiB, or that as a number of bytes");
        }
        return bytes.map(Long::intValue);
    }

    private static Optional<Long> bytes(Node node) {
        if (node instanceof Node.Num number) {
            return number.value().stripTrailingZeros().scale() <= 0
                            && number.value().abs().compareTo(BigDecimal.valueOf(LARGEST_BODY)) <= 0
                    ? Optional.of(number.value().longValue())
                    : Optional.empty();
        }
        var size = node instanceof Node.Text text ? SIZE.matcher(text.value()) : SIZE.matcher("");
        if (!size.matches()) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(size.group(1)) << (size.group(2).equals("KiB") ? 10 : 20));
    }

    private Optional<URI> publicUrl(Fields fields) {
        var text = fields.optionalText("public-url");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var node = fields.any("public-url").orElseThrow();
        var url = Urls.http(text.get())
                .filter(u -> u.getRawQuery() == null && List.of("", "/").contains(u.getRawPath()));
        if (url.isEmpty()) {
            reading.faults().at(node, "is not the console's own URL; use https://host or https://host:port, no path");
        }
        url.filter(u -> u.getScheme().equals("http") && !isLoopback(u.getHost()))
                .ifPresent(u -> reading.warn(node, "is http: sign-in cookies travel in clear; use https"));
        return url;
    }
}
