package io.holdpoint.gateway.command;

import io.holdpoint.workflow.people.PersonId;
import java.io.PrintWriter;
import java.net.URI;
import java.util.TreeSet;

/**
 * What {@code serve} says once it answers.
 *
 * @param running the gateway that answers
 */
record Announcement(Gateway.Running running) {

    void print(PrintWriter out) {
        var agents = running.configuration().agents();
        for (var server : new TreeSet<>(running.configuration().servers().keySet())) {
            out.println("agents:  http://%s:%d/mcp/%s".formatted(agents.address(), agents.port(), server));
        }
        out.println("console: " + running.consoleUrl());
        running.configuration().firstAdmin().ifPresent(admin -> {
            out.println("sign in: %s (as %s, once, within a day)".formatted(signInLink(admin), admin));
        });
        out.flush();
    }

    /** A link that signs a person in, once. */
    URI signInLink(PersonId person) {
        return URI.create(running.consoleUrl() + SignIn.path(running.context(), person));
    }
}
