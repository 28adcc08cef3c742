package io.holdpoint.gateway.upstream;

import java.util.Collection;

/** The servers that are configured, as they are now. */
@FunctionalInterface
public interface ServerList {

    Collection<Server> servers();
}
