package io.holdpoint.gateway.command;

import io.holdpoint.bpmn.flow.ShippedFlows;
import io.holdpoint.gateway.configuration.ConfigurationReader;
import java.util.Optional;
import java.util.Set;

/** How the commands read configurations. */
final class Configurations {

    private Configurations() {}

    static ConfigurationReader reader() {
        return new ConfigurationReader(
                name -> Optional.ofNullable(System.getenv(name)), Set.copyOf(ShippedFlows.names()));
    }
}
