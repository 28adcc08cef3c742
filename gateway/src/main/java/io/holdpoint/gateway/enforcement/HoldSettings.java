package io.holdpoint.gateway.enforcement;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * How calls are held ({@code approvals:} in the configuration).
 *
 * @param holdFor how long a connection is held before the agent is told "pending"
 * @param holdForClients the same by client name: waiting only, never authority
 * @param keepResult how long an undelivered result may still be fetched by an equal call
 * @param maxPending pending approvals of the whole installation
 * @param maxPendingPerGrant pending approvals of one grant
 * @param lease after how long without a sign of life a node counts as dead
 */
public record HoldSettings(
        Duration holdFor,
        Map<String, Duration> holdForClients,
        Duration keepResult,
        int maxPending,
        int maxPendingPerGrant,
        Duration lease) {

    public HoldSettings {
        Objects.requireNonNull(holdFor);
        holdForClients = Map.copyOf(holdForClients);
        Objects.requireNonNull(keepResult);
        Objects.requireNonNull(lease);
    }

    public static HoldSettings defaults() {
        return new HoldSettings(
                Duration.ofSeconds(50),
                Map.of("claude-code", Duration.ofMinutes(4)),
                Duration.ofHours(1),
                1000,
                20,
                Duration.ofSeconds(15));
    }
}
