package io.holdpoint.workflow.audit;

import io.holdpoint.workflow.CallSummary;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.people.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Something that stands in the log. Each kind says who did what to which call; the log adds the time. */
public sealed interface AuditEntry {

    /** Calls the one case that is this entry's kind. */
    <R> R match(Cases<R> cases);

    /**
     * The policy let a call through; appended before the call is forwarded.
     *
     * @param shadow what the grant's shadow policy said, if it has one
     */
    record CallAllowed(CallSummary call, Optional<ShadowDecision> shadow) implements AuditEntry {

        public CallAllowed(CallSummary call) {
            this(call, Optional.empty());
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.callAllowed(this);
        }
    }

    /**
     * The policy refused a call, or the gateway did for it.
     *
     * @param decision {@code deny} or {@code limit}
     * @param message what the agent was told
     * @param shadow what the grant's shadow policy said, if it has one
     */
    record CallRefused(CallSummary call, String decision, String message, Optional<ShadowDecision> shadow)
            implements AuditEntry {

        public CallRefused(CallSummary call, String decision, String message) {
            this(call, decision, message, Optional.empty());
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.callRefused(this);
        }
    }

    /**
     * A message was not acceptable and never got as far as a policy.
     *
     * @param server the server's name in the request path, as sent
     * @param grant the grant, where it was known by then
     * @param code the JSON-RPC error code answered, or the HTTP status where there was none
     * @param count how many equal refusals this entry stands for
     */
    record MessageRefused(String server, Optional<String> grant, int code, String message, int count)
            implements AuditEntry {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.messageRefused(this);
        }
    }

    /**
     * A call is held and an approval opened for it.
     *
     * @param digest what the approval is bound to, lower-case hex
     * @param flow the flow's definition id
     * @param approvers the approver set as resolved
     * @param arguments the argument bytes as received, kept as a commitment
     * @param shadow what the grant's shadow policy said, if it has one
     */
    record CallHeld(
            CallSummary call,
            String approval,
            String digest,
            String flow,
            List<PersonId> approvers,
            Instant expiresAt,
            byte[] arguments,
            Optional<ShadowDecision> shadow)
            implements AuditEntry {

        public CallHeld(
                CallSummary call,
                String approval,
                String digest,
                String flow,
                List<PersonId> approvers,
                Instant expiresAt,
                byte[] arguments) {
            this(call, approval, digest, flow, approvers, expiresAt, arguments, Optional.empty());
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.callHeld(this);
        }
    }

    /**
     * A call equal to one that was put before people waits for the same decision, or gets the same answer (spec 04,
     * Attaching).
     *
     * @param approval the approval of the call before it
     * @param shadow what the grant's shadow policy said, if it has one
     */
    record CallAttached(CallSummary call, String approval, Optional<ShadowDecision> shadow) implements AuditEntry {

        public CallAttached(CallSummary call, String approval) {
            this(call, approval, Optional.empty());
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.callAttached(this);
        }
    }

    /** A person of the approver set approved or rejected. The reason is kept as a commitment. */
    record ReviewRecorded(
            CallSummary call, String approval, String digest, Actor actor, String verdict, Optional<String> reason)
            implements AuditEntry {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.reviewRecorded(this);
        }
    }

    /** A review that was not accepted: not a reviewer, too late, for another digest. */
    record ReviewRefused(CallSummary call, String approval, Actor actor, String verdict, String why)
            implements AuditEntry {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.reviewRefused(this);
        }
    }

    /** The approval ended, one way or another. */
    record OutcomeReached(
            CallSummary call, String approval, String digest, Actor actor, String outcome, Optional<String> reason)
            implements AuditEntry {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.outcomeReached(this);
        }
    }

    /** An approved call is about to be forwarded; durable before the first byte goes out. */
    record ExecutionStarted(CallSummary call, String approval, String digest, String node) implements AuditEntry {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.executionStarted(this);
        }
    }

    /**
     * An approved call's forwarding ended.
     *
     * @param state {@code succeeded}, {@code failed}, {@code unknown}, or {@code approved} where nothing was sent
     * @param error what went wrong, without secrets
     * @param result the server's answer, kept as a commitment
     */
    record ExecutionFinished(
            CallSummary call,
            String approval,
            String digest,
            String state,
            Optional<String> error,
            Optional<byte[]> result)
            implements AuditEntry {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.executionFinished(this);
        }
    }

    /** A person found out what became of an execution that was {@code UNKNOWN}. */
    record ExecutionSettled(CallSummary call, String approval, Actor actor, boolean happened, String note)
            implements AuditEntry {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.executionSettled(this);
        }
    }

    /**
     * A person signed in to the console.
     *
     * @param by how: {@code link} or {@code password}
     * @param madeBy the admin who made the link; empty for a password and for a link that Holdpoint printed
     */
    record SignedIn(Actor actor, String by, Optional<PersonId> madeBy) implements AuditEntry {

        public SignedIn(Actor actor, String by) {
            this(actor, by, Optional.empty());
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.signedIn(this);
        }
    }

    /**
     * Somebody tried to sign in to the console and could not. What was typed is not kept: people type passwords into
     * the wrong field.
     *
     * @param person whom the name belongs to; empty where nobody has it
     * @param address the network address it came from, kept as a commitment
     */
    record SignInRefused(Optional<PersonId> person, String address) implements AuditEntry {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.signInRefused(this);
        }
    }

    /**
     * The tools of a server were read for the first time.
     *
     * @param tools how many it lists
     * @param list SHA-256 over all their names and definitions, lower-case hex
     */
    record DefinitionsRead(String server, int tools, String list) implements AuditEntry {

        public DefinitionsRead {
            Objects.requireNonNull(server);
            Objects.requireNonNull(list);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.definitionsRead(this);
        }
    }

    /**
     * A server defines a tool otherwise than it did (spec 03, Catalogue).
     *
     * @param was empty where the server did not list the tool
     * @param is empty where it does not list it any more; never both
     */
    record DefinitionChanged(String server, String tool, Optional<Defined> was, Optional<Defined> is)
            implements AuditEntry {

        /**
         * A definition and what the catalogue makes of it.
         *
         * @param sha256 over the definition's bytes, lower-case hex
         */
        public record Defined(String sha256, String category, Risk risk) {
            public Defined {
                Objects.requireNonNull(sha256);
                Objects.requireNonNull(category);
                Objects.requireNonNull(risk);
            }
        }

        public DefinitionChanged {
            Objects.requireNonNull(server);
            Objects.requireNonNull(tool);
            if (was.isEmpty() && is.isEmpty()) {
                throw new IllegalArgumentException(
                        "the tool %s of %s has neither an old nor a new definition".formatted(tool, server));
            }
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.definitionChanged(this);
        }
    }

    /**
     * A server defines so many tools otherwise than it did that one entry stands for all of them.
     *
     * @param added how many tools it lists that it did not
     * @param changed how many it defines otherwise
     * @param removed how many it does not list any more
     * @param was SHA-256 over all names and definitions before, lower-case hex
     * @param is the same over all now
     * @param first some of the tools' names
     */
    record DefinitionsChanged(
            String server, int added, int changed, int removed, String was, String is, List<String> first)
            implements AuditEntry {

        public DefinitionsChanged {
            Objects.requireNonNull(server);
            Objects.requireNonNull(was);
            Objects.requireNonNull(is);
            first = List.copyOf(first);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.definitionsChanged(this);
        }
    }

    /**
     * A server changes its tools all the time, so that its changes are counted for a while instead of recorded one by
     * one; or that while is over.
     *
     * @param changes how many were counted; empty at the beginning
     * @param list SHA-256 over all names and definitions at this moment, lower-case hex
     */
    record DefinitionsUnrecorded(String server, OptionalInt changes, String list) implements AuditEntry {

        public DefinitionsUnrecorded {
            Objects.requireNonNull(server);
            Objects.requireNonNull(changes);
            Objects.requireNonNull(list);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.definitionsUnrecorded(this);
        }
    }

    /**
     * An admin made a link that signs somebody else in, once.
     *
     * @param actor who made it
     * @param person whom it signs in
     */
    record SignInLinkMade(Actor actor, PersonId person) implements AuditEntry {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.signInLinkMade(this);
        }
    }

    /**
     * The gateway started with this configuration.
     *
     * @param policies each policy file's SHA-256 by its name
     */
    record GatewayStarted(String node, String version, Map<String, String> policies) implements AuditEntry {

        public GatewayStarted {
            Objects.requireNonNull(node);
            Objects.requireNonNull(version);
            policies = Map.copyOf(policies);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.gatewayStarted(this);
        }
    }

    /**
     * Changed files came into force while the gateway ran.
     *
     * @param policies each policy file's SHA-256 by its name, as they are now
     * @param changes what changed, by name: {@code grant radiology-agent changed}
     */
    record ConfigurationReloaded(String node, Map<String, String> policies, List<String> changes)
            implements AuditEntry {

        public ConfigurationReloaded {
            Objects.requireNonNull(node);
            policies = Map.copyOf(policies);
            changes = List.copyOf(changes);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.configurationReloaded(this);
        }
    }

    /**
     * Changed files had faults, so they did not come into force.
     *
     * @param count how many faults
     * @param faults the first of them, without secrets
     */
    record ConfigurationRefused(String node, int count, List<String> faults) implements AuditEntry {

        public ConfigurationRefused {
            Objects.requireNonNull(node);
            faults = List.copyOf(faults);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.configurationRefused(this);
        }
    }

    /** A reviewer looked at the values that are hidden in a held call's arguments. */
    record ArgumentsRevealed(CallSummary call, String approval, String digest, Actor actor) implements AuditEntry {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.argumentsRevealed(this);
        }
    }

    /** One answer for each kind of entry: a further kind does not compile until every reader handles it. */
    interface Cases<R> {
        R callAllowed(CallAllowed entry);

        R callRefused(CallRefused entry);

        R messageRefused(MessageRefused entry);

        R callHeld(CallHeld entry);

        R callAttached(CallAttached entry);

        R reviewRecorded(ReviewRecorded entry);

        R reviewRefused(ReviewRefused entry);

        R outcomeReached(OutcomeReached entry);

        R executionStarted(ExecutionStarted entry);

        R executionFinished(ExecutionFinished entry);

        R executionSettled(ExecutionSettled entry);

        R argumentsRevealed(ArgumentsRevealed entry);

        R signedIn(SignedIn entry);

        R definitionsRead(DefinitionsRead entry);

        R definitionChanged(DefinitionChanged entry);

        R definitionsChanged(DefinitionsChanged entry);

        R definitionsUnrecorded(DefinitionsUnrecorded entry);

        R signInRefused(SignInRefused entry);

        R signInLinkMade(SignInLinkMade entry);

        R gatewayStarted(GatewayStarted entry);

        R configurationReloaded(ConfigurationReloaded entry);

        R configurationRefused(ConfigurationRefused entry);
    }
}
