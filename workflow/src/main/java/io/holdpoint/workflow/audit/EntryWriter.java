package io.holdpoint.workflow.audit;

import io.holdpoint.workflow.CallSummary;
import io.holdpoint.workflow.people.PersonId;
import java.util.Optional;

/**
 * What each kind of entry says. Arguments, results and whatever a person or an agent worded are commitments; an entry
 * itself never has them in clear.
 */
final class EntryWriter implements AuditEntry.Cases<EntryRow> {

    private static final Actor UNKNOWN_AGENT = Actor.agent("(unknown)");

    private final EntryForm form;

    EntryWriter(EntryForm form) {
        this.form = form;
    }

    @Override
    public EntryRow callAllowed(AuditEntry.CallAllowed entry) {
        return shadowed(ofCall("call.allowed", entry.call()).outcome("allowed"), entry.shadow())
                .end();
    }

    @Override
    public EntryRow callRefused(AuditEntry.CallRefused entry) {
        var limited = entry.decision().equals("limit");
        return shadowed(
                        ofCall(limited ? "call.limited" : "call.denied", entry.call())
                                .outcome(limited ? "limited" : "denied"),
                        entry.shadow())
                .commit("message", entry.message())
                .end();
    }

    @Override
    public EntryRow messageRefused(AuditEntry.MessageRefused entry) {
        var sender = entry.grant().map(Actor::agent).orElse(UNKNOWN_AGENT);
        form.begin("message.refused", null, sender).server(entry.server());
        entry.grant().ifPresent(form::grant);
        return form.outcome("refused")
                .data("code", entry.code())
                .data("count", entry.count())
                .commit("message", entry.message())
                .end();
    }

    @Override
    public EntryRow callHeld(AuditEntry.CallHeld entry) {
        var call = entry.call();
        form.begin("call.held", entry.approval(), Actor.agent(call.grant()))
                .call(call)
                .flow(entry.flow())
                .digest(entry.digest())
                .outcome("held")
                .data("call", call.id().value())
                .data("owner", call.owner())
                .data("risk", call.risk().label())
                .data(
                        "approvers",
                        entry.approvers().stream().map(PersonId::value).toList())
                .data("expiresAt", entry.expiresAt())
                .commit("arguments", entry.arguments());
        return shadowed(form, entry.shadow()).end();
    }

    @Override
    public EntryRow callAttached(AuditEntry.CallAttached entry) {
        ofApproval("call.attached", entry.approval(), Actor.agent(entry.call().grant()), entry.call())
                .outcome("attached")
                .data("call", entry.call().id().value());
        return shadowed(form, entry.shadow()).end();
    }

    @Override
    public EntryRow reviewRecorded(AuditEntry.ReviewRecorded entry) {
        ofApproval("review.recorded", entry.approval(), entry.actor(), entry.call())
                .digest(entry.digest())
                .outcome(entry.verdict())
                .data("call", entry.call().id().value());
        entry.reason().ifPresent(reason -> form.commit("reason", reason));
        return form.end();
    }

    @Override
    public EntryRow reviewRefused(AuditEntry.ReviewRefused entry) {
        return ofApproval("review.refused", entry.approval(), entry.actor(), entry.call())
                .outcome("refused")
                .data("call", entry.call().id().value())
                .data("verdict", entry.verdict())
                .commit("message", entry.why())
                .end();
    }

    @Override
    public EntryRow outcomeReached(AuditEntry.OutcomeReached entry) {
        ofApproval("outcome.reached", entry.approval(), entry.actor(), entry.call())
                .digest(entry.digest())
                .outcome(entry.outcome())
                .data("call", entry.call().id().value());
        entry.reason().ifPresent(reason -> form.commit("reason", reason));
        return form.end();
    }

    @Override
    public EntryRow executionStarted(AuditEntry.ExecutionStarted entry) {
        return ofApproval("execution.started", entry.approval(), Actor.GATEWAY, entry.call())
                .digest(entry.digest())
                .outcome("running")
                .data("call", entry.call().id().value())
                .data("node", entry.node())
                .end();
    }

    @Override
    public EntryRow executionFinished(AuditEntry.ExecutionFinished entry) {
        ofApproval("execution.finished", entry.approval(), Actor.GATEWAY, entry.call())
                .digest(entry.digest())
                .outcome(entry.state())
                .data("call", entry.call().id().value());
        entry.error().ifPresent(error -> form.data("error", error));
        entry.result().ifPresent(result -> form.commit("result", result));
        return form.end();
    }

    @Override
    public EntryRow executionSettled(AuditEntry.ExecutionSettled entry) {
        return ofApproval("execution.settled", entry.approval(), entry.actor(), entry.call())
                .outcome(entry.happened() ? "happened" : "did-not-happen")
                .data("call", entry.call().id().value())
                .commit("note", entry.note())
                .end();
    }

    @Override
    public EntryRow argumentsRevealed(AuditEntry.ArgumentsRevealed entry) {
        return ofApproval("arguments.revealed", entry.approval(), entry.actor(), entry.call())
                .digest(entry.digest())
                .outcome("revealed")
                .data("call", entry.call().id().value())
                .end();
    }

    @Override
    public EntryRow signedIn(AuditEntry.SignedIn entry) {
        form.begin("person.signed-in", null, entry.actor()).outcome("signed-in").data("by", entry.by());
        entry.madeBy().ifPresent(maker -> form.data("madeBy", maker.value()));
        return form.end();
    }

    @Override
    public EntryRow signInRefused(AuditEntry.SignInRefused entry) {
        form.begin("person.sign-in-refused", null, Actor.GATEWAY).outcome("refused");
        entry.person().ifPresent(person -> form.data("person", person.value()));
        return form.commit("address", entry.address()).end();
    }

    @Override
    public EntryRow definitionsRead(AuditEntry.DefinitionsRead entry) {
        return form.begin("definitions.read", null, Actor.GATEWAY)
                .server(entry.server())
                .outcome("read")
                .data("tools", entry.tools())
                .data("list", entry.list())
                .end();
    }

    @Override
    public EntryRow definitionChanged(AuditEntry.DefinitionChanged entry) {
        form.begin("definition.changed", null, Actor.GATEWAY)
                .server(entry.server())
                .tool(entry.tool())
                .outcome(entry.was().isEmpty() ? "added" : entry.is().isEmpty() ? "removed" : "changed");
        entry.was()
                .ifPresent(was -> form.data("was", was.sha256())
                        .data("categoryBefore", was.category())
                        .data("riskBefore", was.risk().label()));
        entry.is()
                .ifPresent(is -> form.data("is", is.sha256())
                        .data("category", is.category())
                        .data("risk", is.risk().label()));
        return form.end();
    }

    @Override
    public EntryRow definitionsChanged(AuditEntry.DefinitionsChanged entry) {
        return form.begin("definitions.changed", null, Actor.GATEWAY)
                .server(entry.server())
                .outcome("changed")
                .data("added", entry.added())
                .data("changed", entry.changed())
                .data("removed", entry.removed())
                .data("was", entry.was())
                .data("is", entry.is())
                .data("first", entry.first())
                .end();
    }

    @Override
    public EntryRow definitionsUnrecorded(AuditEntry.DefinitionsUnrecorded entry) {
        form.begin("definitions.unrecorded", null, Actor.GATEWAY)
                .server(entry.server())
                .outcome(entry.changes().isEmpty() ? "began" : "ended");
        entry.changes().ifPresent(changes -> form.data("changes", changes));
        return form.data("list", entry.list()).end();
    }

    @Override
    public EntryRow signInLinkMade(AuditEntry.SignInLinkMade entry) {
        return form.begin("person.link-made", null, entry.actor())
                .outcome("made")
                .data("person", entry.person().value())
                .end();
    }

    @Override
    public EntryRow gatewayStarted(AuditEntry.GatewayStarted entry) {
        return form.begin("gateway.started", null, Actor.GATEWAY)
                .outcome("started")
                .data("node", entry.node())
                .data("version", entry.version())
                .data("policies", entry.policies())
                .end();
    }

    @Override
    public EntryRow configurationReloaded(AuditEntry.ConfigurationReloaded entry) {
        return form.begin("configuration.reloaded", null, Actor.GATEWAY)
                .outcome("reloaded")
                .data("node", entry.node())
                .data("changes", entry.changes())
                .data("policies", entry.policies())
                .end();
    }

    @Override
    public EntryRow configurationRefused(AuditEntry.ConfigurationRefused entry) {
        return form.begin("configuration.refused", null, Actor.GATEWAY)
                .outcome("refused")
                .data("node", entry.node())
                .data("count", entry.count())
                .data("faults", entry.faults())
                .end();
    }

    /** Asks with {@code if}: most calls have no shadow, and a lambda would be made for each of them. */
    private static EntryForm shadowed(EntryForm form, Optional<ShadowDecision> shadow) {
        if (shadow.isPresent()) {
            form.data("shadow", shadow.get().data());
        }
        return form;
    }

    private EntryForm ofCall(String type, CallSummary call) {
        return form.begin(type, call.id().value(), Actor.agent(call.grant())).call(call);
    }

    private EntryForm ofApproval(String type, String approval, Actor actor, CallSummary call) {
        return form.begin(type, approval, actor).call(call);
    }
}
