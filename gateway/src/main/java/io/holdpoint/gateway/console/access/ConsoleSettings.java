package io.holdpoint.gateway.console.access;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The people's listener ({@code console:} in the configuration).
 *
 * @param address what to bind; loopback by default
 * @param port 0 takes a free one
 * @param publicUrl what links in messages begin with; absent: the bound address
 * @param allowedHosts {@code Host} values accepted besides loopback names, the bound address and the public URL's
 */
public record ConsoleSettings(String address, int port, Optional<URI> publicUrl, List<String> allowedHosts) {

    public ConsoleSettings {
        Objects.requireNonNull(address);
        Objects.requireNonNull(publicUrl);
        allowedHosts = List.copyOf(allowedHosts);
    }

    public static ConsoleSettings defaults() {
        return new ConsoleSettings("127.0.0.1", 8081, Optional.empty(), List.of());
    }
}
