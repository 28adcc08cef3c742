/**
 * Who may review: people, their groups, roles and identities.
 * {@link io.holdpoint.workflow.people.People} finds a person and resolves a rule's approvers; it never decides anything.
 */
@NullMarked
package io.holdpoint.workflow.people;

import org.jspecify.annotations.NullMarked;
