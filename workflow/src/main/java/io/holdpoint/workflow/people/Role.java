package io.holdpoint.workflow.people;

/** What a person may do besides being asked (spec 05, Reviewers). Being admin or operator makes nobody a reviewer. */
public enum Role {
    REVIEWER,
    AUDITOR,
    OPERATOR,
    ADMIN
}
