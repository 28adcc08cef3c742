package io.holdpoint.gateway.upstream;

import java.util.Collection;
import java.util.Optional;

/** The servers that are configured, as they are now. */
@FunctionalInterface
public interface ServerList {

    Collection<Server> servers();

    /** The server of that name, if one is configured. */
    default Optional<Server> find(String name) {
        return servers().stream().filter(server -> server.name().equals(name)).findFirst();
    }
}
