package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.console.access.ConsoleSettings;
import java.util.Objects;

/**
 * Where a configuration puts the console.
 *
 * @param settings what {@code console:} says
 * @param isEncrypted whether it speaks TLS itself
 */
public record ConsoleAddress(ConsoleSettings settings, boolean isEncrypted) {

    public ConsoleAddress {
        Objects.requireNonNull(settings);
    }
}
