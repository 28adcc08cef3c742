package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.console.access.ConsoleSettings;
import io.holdpoint.gateway.enforcement.HoldSettings;
import io.holdpoint.gateway.listener.AgentSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What only a restart changes.
 *
 * @param spring Spring Boot's own keys as they stand in the file
 * @param dataKeySha256 of the data key; empty where one would have to be made
 */
record Fixed(
        AgentSettings agents,
        ConsoleSettings console,
        HoldSettings holds,
        Duration retainArguments,
        Map<String, String> spring,
        Optional<String> dataKeySha256) {

    Fixed {
        Objects.requireNonNull(agents);
        Objects.requireNonNull(console);
        Objects.requireNonNull(holds);
        Objects.requireNonNull(retainArguments);
        spring = Map.copyOf(spring);
        Objects.requireNonNull(dataKeySha256);
    }

    /** The sections in which another reading says something else, by their keys. */
    List<String> sectionsThatDiffer(Fixed other) {
        var sections = new ArrayList<String>();
        if (!agents.equals(other.agents)) {
            sections.add("agents");
        }
        if (!console.equals(other.console)) {
            sections.add("console");
        }
        if (!holds.equals(other.holds) || !retainArguments.equals(other.retainArguments)) {
            sections.add("approvals or cluster (how calls are held)");
        }
        if (!dataKeySha256.equals(other.dataKeySha256)) {
            sections.add("keys");
        }
        if (!spring.equals(other.spring)) {
            sections.add("keys outside holdpoint:");
        }
        return sections;
    }
}
