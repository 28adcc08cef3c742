package io.holdpoint.gateway.console.access;

import io.holdpoint.gateway.console.Samples;
import io.holdpoint.gateway.console.Visitor;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.Person;
import org.springframework.security.core.Authentication;

/** Somebody who signed in at noon, as the filters see them. */
public final class SignedIn {

    private SignedIn() {}

    public static Authentication as(Person person) {
        return new PersonAuthentication(new Visitor(person, Visitor.CONSOLE, Assurance.LOGIN, Samples.NOON));
    }
}
