package io.holdpoint.gateway.command;

import io.holdpoint.gateway.authoring.NeutralContext;
import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.configuration.PolicyGround;
import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.document.Nearest;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.policy.PolicyContext;
import io.holdpoint.gateway.upstream.Server;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What commands about policies are given: files, a configuration if there is one, a server. Nothing is started and
 * nothing written.
 *
 * @param directory the working directory
 * @param ground what the configuration brings; empty without one
 */
record PolicyInputs(Path directory, Optional<PolicyGround> ground) {

    /**
     * Looks for the configuration: the one named, or {@code holdpoint.yaml} in the working directory.
     *
     * @throws CannotRun if the one named is not there
     */
    static PolicyInputs of(Path directory, ConfigOption config) {
        var file = config.find(directory);
        if (config.isGiven() && file.isEmpty()) {
            throw CannotRun.wrongUse("there is no configuration file " + config.name());
        }
        return new PolicyInputs(directory, file.map(Configurations.reader()::readGround));
    }

    /** Looks for no configuration. */
    static PolicyInputs withoutConfiguration(Path directory) {
        return new PolicyInputs(directory, Optional.empty());
    }

    /** The context a policy is read with. */
    PolicyContext context() {
        return ground.map(PolicyGround::context).orElse(NeutralContext.CONTEXT);
    }

    /**
     * A file's bytes, never many more than a document may have.
     *
     * @throws CannotRun if it cannot be read
     */
    byte[] bytes(String file) {
        return bytes(file, DocumentReader.MAX_BYTES);
    }

    /** @param most one more byte than this is read, so that the reader can say that it is too large */
    byte[] bytes(String file, int most) {
        try {
            return read(file, most);
        } catch (Unreadable e) {
            throw CannotRun.wrongUse("the file %s %s".formatted(file, e.reason()));
        }
    }

    /** A file cannot be read. */
    static final class Unreadable extends Exception {
        Unreadable(String reason) {
            super(reason);
        }

        /** What to say after its name. */
        String reason() {
            return String.valueOf(getMessage());
        }
    }

    byte[] read(String file, int most) throws Unreadable {
        try {
            var path = path(file);
            if (Files.isDirectory(path)) {
                throw new Unreadable("is a directory; name a file in it");
            }
            try (var in = Files.newInputStream(path)) {
                return in.readNBytes(most + 1);
            }
        } catch (IOException | InvalidPathException e) {
            throw new Unreadable("cannot be read; is it there, and may you read it?");
        }
    }

    /**
     * A grant of the configuration.
     *
     * @throws CannotRun if there is no such grant, or no configuration
     */
    Grant grant(String id) {
        var configured =
                ground.orElseThrow(() -> CannotRun.wrongUse("--grant needs a configuration; give --config FILE"));
        return configured
                .grant(id)
                .orElseThrow(() -> CannotRun.wrongUse(
                        "the configuration has no grant %s%s".formatted(id, Nearest.advice(id, names(configured)))));
    }

    private static TreeSet<String> names(PolicyGround ground) {
        var names = new TreeSet<String>();
        ground.grants().forEach(each -> names.add(each.id()));
        return names;
    }

    Path path(String file) {
        return directory.resolve(file);
    }

    /** Whether a server is named by its URL, and not as the configuration names it. */
    static boolean isUrl(String server) {
        return server.startsWith("http://") || server.startsWith("https://");
    }

    /** The same as {@link #server(String, Map)}, with no headers for a URL. */
    Server server(String name) {
        return server(name, Map.of());
    }

    /**
     * A server by its name in the configuration, or by its URL; then its host is its name.
     *
     * @param headers sent along to a URL; a configured server has its own
     * @throws CannotRun if it is neither
     */
    Server server(String name, Map<String, String> headers) {
        if (isUrl(name)) {
            var url = url(name);
            return new Server(url.getHost(), url, headers, Set.of(), Catalog.PATIENCE, false);
        }
        if (!headers.isEmpty()) {
            throw CannotRun.wrongUse(
                    "--header is for a URL; the server %s has its headers in the configuration".formatted(name));
        }
        return configured(name);
    }

    private Server configured(String name) {
        if (ground.isEmpty()) {
            throw CannotRun.wrongUse(
                    "the server %s needs a configuration that has it; give --config FILE, or the server's URL"
                            .formatted(name));
        }
        var servers = ground.get().servers();
        return Optional.ofNullable(servers.get(name))
                .orElseThrow(() -> CannotRun.wrongUse("the configuration has no server %s%s"
                        .formatted(name, Nearest.advice(name, new TreeSet<>(servers.keySet())))));
    }

    private static URI url(String text) {
        try {
            var url = new URI(text);
            if (url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below: its message would show the whole URL, which may hold a secret.
        }
        throw CannotRun.wrongUse(
                "the server's URL is none; use http://host:port/path or https, without user, password or #");
    }

    /**
     * A server's tools, read from it now.
     *
     * @throws CannotRun if they cannot be read
     */
    List<Definition> tools(Server server) {
        try {
            return Catalog.reading(Clock.systemUTC()).definitions(server, Duration.ZERO);
        } catch (Catalog.ServerUnreadable e) {
            var unset = ground.map(PolicyGround::unset).orElse(Set.of());
            var hint = unset.isEmpty() ? "" : "; not set here: " + String.join(", ", new TreeSet<>(unset));
            throw CannotRun.notInOrder(e.getMessage() + hint);
        }
    }
}
