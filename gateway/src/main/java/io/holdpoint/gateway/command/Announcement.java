package io.holdpoint.gateway.command;

import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.people.Role;
import java.io.PrintWriter;
import java.net.URI;
import java.util.TreeSet;

/**
 * What {@code serve} says once it answers.
 *
 * @param running the gateway that answers
 */
record Announcement(Gateway.Running running) {

    /** @param link whether a sign-in link for the first admin is printed in any case: for one who is locked out */
    void print(PrintWriter out, boolean link) {
        var agents = running.configuration().agents();
        for (var server :
                new TreeSet<>(running.configuration().reloadable().servers().keySet())) {
            out.println("agents:  http://%s:%d/mcp/%s".formatted(agents.address(), agents.port(), server));
        }
        out.println("console: " + running.consoleUrl());
        if (adminsHaveAWayIn() && !link) {
            out.println("sign in: %s/sign-in".formatted(running.consoleUrl()));
        } else {
            running.configuration()
                    .firstAdmin()
                    .ifPresent(admin ->
                            out.println("sign in: %s (as %s, once, within a day)".formatted(signInLink(admin), admin)));
        }
        out.flush();
    }

    /** A link that whoever reads this output can use is printed unasked only while nobody could make one otherwise. */
    private boolean adminsHaveAWayIn() {
        var passwords = running.configuration().reloadable().passwords();
        return running.configuration().reloadable().people().all().stream()
                .filter(person -> person.has(Role.ADMIN))
                .anyMatch(admin -> passwords.has(admin.id()));
    }

    /** A link that signs a person in, once. */
    URI signInLink(PersonId person) {
        return URI.create(running.consoleUrl() + SignIn.path(running.context(), person));
    }
}
