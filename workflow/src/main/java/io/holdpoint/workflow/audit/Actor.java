package io.holdpoint.workflow.audit;

import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.PersonId;
import java.util.Objects;
import java.util.Optional;

/**
 * Who did it (spec 08, Entry).
 *
 * @param id the grant, person, node or flow, by kind
 * @param channel where a person acted, such as {@code console}, {@code api}, {@code slack}
 * @param assurance how sure we are of a person
 */
public record Actor(Kind kind, String id, Optional<String> channel, Optional<Assurance> assurance) {

    /** What kind of somebody an actor is. */
    public enum Kind {
        AGENT("agent"),
        PERSON("person"),
        GATEWAY("gateway"),
        FLOW("flow");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The word the log uses. */
        String label() {
            return label;
        }
    }

    public static final Actor GATEWAY = new Actor(Kind.GATEWAY, "gateway", Optional.empty(), Optional.empty());

    public Actor {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(id);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(assurance);
    }

    public static Actor agent(String grant) {
        return new Actor(Kind.AGENT, grant, Optional.empty(), Optional.empty());
    }

    public static Actor flow(String flow) {
        return new Actor(Kind.FLOW, flow, Optional.empty(), Optional.empty());
    }

    public static Actor person(PersonId person, String channel, Assurance assurance) {
        return new Actor(Kind.PERSON, person.value(), Optional.of(channel), Optional.of(assurance));
    }
}
