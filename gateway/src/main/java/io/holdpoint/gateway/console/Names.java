package io.holdpoint.gateway.console;

import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.PersonId;

/** What people are called on a page; somebody no longer configured is called by their id. */
record Names(People people) {

    String of(PersonId id) {
        return people.find(id).map(Person::name).orElse(id.value());
    }

    String of(String id) {
        return of(new PersonId(id));
    }
}
