package io.holdpoint.workflow.people;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody named in the configuration.
 *
 * @param id the key in the configuration
 * @param name what others read
 * @param email the address mail goes to
 * @param groups the groups the person belongs to; a rule's approvers name people or groups
 * @param roles what the person may do
 * @param tokenSha256 lower-case hex SHA-256 of the person's API token
 */
public record Person(
        PersonId id,
        String name,
        Optional<String> email,
        Set<String> groups,
        Set<Role> roles,
        Optional<String> tokenSha256) {

    public Person {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(email);
        groups = Set.copyOf(groups);
        roles = Set.copyOf(roles);
        Objects.requireNonNull(tokenSha256);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }
}
