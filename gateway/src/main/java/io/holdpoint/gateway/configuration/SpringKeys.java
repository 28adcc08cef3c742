package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Nearest;
import io.holdpoint.gateway.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what stands outside {@code holdpoint:}: Spring Boot's own keys, handed on unchanged. */
final class SpringKeys {

    static final String URL = "spring.datasource.url";

    private static final List<String> ROOTS = List.of("holdpoint", "spring", "server", "management", "logging");

    /** What would undo Holdpoint's own settings, and what to use instead. */
    private static final Map<String, String> OURS = Map.of(
            "server.port", "use holdpoint.console.port",
            "server.address", "use holdpoint.console.address",
            "management.server", "health is on the console's listener",
            "spring.autoconfigure", "leave it out",
            "spring.config", "everything stands in this one file; leave it out",
            "spring.flyway", "the schema is Holdpoint's own; leave it out",
            "spring.h2.console", "there is no H2 console; leave it out",
            "spring.main", "leave it out",
            "spring.profiles", "there are no profiles; leave it out",
            "spring.security.user", "people stand in holdpoint.people; leave it out");

    /** What is handed on; anything else could undo what Holdpoint promises without its noticing. */
    private static final List<String> PASSED = List.of(
            URL,
            "spring.datasource.username",
            "spring.datasource.password",
            "spring.datasource.hikari.maximum-pool-size",
            "spring.datasource.hikari.minimum-idle");

    /** Areas that are handed on whole. */
    private static final List<String> PASSED_AREAS = List.of("spring.ssl.", "server.ssl.", "logging.level.");

    /** What Spring takes for false. */
    private static final Set<String> OFF = Set.of("false", "off", "no", "0");

    private final Reading reading;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    SpringKeys(Reading reading) {
        this.reading = reading;
    }

    void read(Node.Obj root) {
        root.members().forEach((key, node) -> {
            var area = key.split("[.\\[]", 2)[0];
            if (!ROOTS.contains(area)) {
                reading.faults().at(node, "is unknown" + Nearest.advice(area, ROOTS));
            } else if (area.equals("holdpoint") && !key.equals("holdpoint")) {
                reading.faults().at(node, "is written with dots; write holdpoint: and its keys below");
            } else if (!key.equals("holdpoint")) {
                flatten(key, node);
            }
        });
    }

    /** A bundle that is not there would stop the start later, and less clearly. */
    void checkBundle() {
        node("server.ssl.bundle").ifPresent(node -> {
            var name = text(node);
            if (values.keySet().stream().noneMatch(key -> isOfBundle(key, name))) {
                reading.faults()
                        .wrongValue(node, "no bundle is called that; add spring.ssl.bundle.pem.<name> or .jks.<name>");
            }
        });
    }

    /** Whether Spring Boot will speak TLS: where there is any key for it, unless it is switched off. */
    boolean isEncrypted() {
        return values.keySet().stream().anyMatch(key -> key.startsWith("server.ssl."))
                && !OFF.contains(values.getOrDefault("server.ssl.enabled", "").toLowerCase(Locale.ROOT));
    }

    private static boolean isOfBundle(String key, String name) {
        return key.startsWith("spring.ssl.bundle.pem." + name + ".")
                || key.startsWith("spring.ssl.bundle.jks." + name + ".");
    }

    Map<String, String> values() {
        return values;
    }

    /** Where a key stands. */
    Optional<Node> node(String key) {
        return Optional.ofNullable(nodes.get(key));
    }

    private void flatten(String key, Node node) {
        if (node instanceof Node.Obj object) {
            object.members().forEach((name, member) -> flatten(key + "." + name, member));
        } else if (node instanceof Node.Arr list) {
            for (int i = 0; i < list.elements().size(); i++) {
                flatten("%s[%d]".formatted(key, i), list.elements().get(i));
            }
        } else {
            put(key, node);
        }
    }

    private void put(String key, Node node) {
        var ours = OURS.keySet().stream().filter(name -> isOrIsUnder(key, name)).findFirst();
        if (ours.isPresent()) {
            reading.faults().at(node, "is set by Holdpoint itself; " + OURS.get(ours.get()));
        } else if (!isPassed(key)) {
            reading.faults()
                    .at(
                            node,
                            "is not handed to Spring Boot" + Nearest.advice(key, PASSED) + "; also allowed: "
                                    + String.join("*, ", PASSED_AREAS) + "*");
        } else if (nodes.putIfAbsent(key, node) != null) {
            reading.faults().at(node, "is there twice, once with dots; remove one");
        } else {
            values.put(key, text(node));
        }
    }

    private static boolean isPassed(String key) {
        return PASSED.contains(key) || PASSED_AREAS.stream().anyMatch(key::startsWith);
    }

    /** Spring takes {@code H2Console}, {@code h2_console} and {@code h2-console} for one name. */
    private static boolean isOrIsUnder(String key, String name) {
        var plain = key.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
        return plain.equals(name) || plain.startsWith(name + ".") || plain.startsWith(name + "[");
    }

    private static String text(Node node) {
        if (node instanceof Node.Text text) {
            return text.value();
        }
        if (node instanceof Node.Num number) {
            return number.value().toPlainString();
        }
        return node instanceof Node.Bool bool ? String.valueOf(bool.value()) : "";
    }
}
