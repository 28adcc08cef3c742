package io.holdpoint.gateway.command;

import io.holdpoint.gateway.console.access.SignInLinks;
import io.holdpoint.workflow.people.PersonId;
import org.springframework.context.ApplicationContext;

/** Where one-time sign-in links come from. */
final class SignIn {

    private SignIn() {}

    /** A path on the console that signs a person in, once. */
    static String path(ApplicationContext context, PersonId person) {
        return context.getBean(SignInLinks.class).issue(person);
    }
}
