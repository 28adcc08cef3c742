package io.holdpoint.gateway.console;

import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.Role;
import java.time.Instant;

/**
 * Somebody who makes a request, as the configuration knows them at this moment, and what they may do here
 * (spec 05, Rights). Whether a review counts is decided behind the door of {@code workflow.approval}, not here.
 *
 * @param channel {@code console} or {@code api}
 * @param since when they signed in
 */
public record Visitor(Person person, String channel, Assurance assurance, Instant since) {

    public static final String CONSOLE = "console";
    public static final String API = "api";

    public Visitor as(Person current) {
        return new Visitor(current, channel, assurance, since);
    }

    public Actor actor() {
        return Actor.person(person.id(), channel, assurance);
    }

    public boolean is(Role role) {
        return person.has(role);
    }

    /** Whether every approval is theirs to read. */
    boolean seesAll() {
        return is(Role.AUDITOR) || is(Role.OPERATOR);
    }

    boolean readsLog() {
        return is(Role.AUDITOR);
    }

    public boolean seesPeople() {
        return is(Role.ADMIN) || is(Role.AUDITOR);
    }

    /**
     * Servers, tools, grants, policies and metrics: how things are set up, without secrets. And what a policy says or
     * would have said about everybody's calls: its answers show no arguments that were not asked with.
     */
    boolean seesConfiguration() {
        return is(Role.ADMIN) || is(Role.AUDITOR) || is(Role.OPERATOR);
    }

    /** @throws Refused as if there were nothing, if they may not see how things are set up */
    void mustSeeConfiguration() {
        if (!seesConfiguration()) {
            throw Refused.notFound();
        }
    }

    public boolean isAsked(Approval approval) {
        return is(Role.REVIEWER) && approval.approvers().contains(person.id());
    }

    boolean sees(Approval approval) {
        return seesAll() || isAsked(approval);
    }

    boolean owns(Approval approval) {
        return person.id().value().equals(approval.call().owner());
    }

    boolean maySettle(Approval approval) {
        return (is(Role.OPERATOR) || isAsked(approval)) && !owns(approval);
    }
}
