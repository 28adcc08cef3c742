/**
 * Pages and REST API for people, on the second listener.
 * {@link io.holdpoint.gateway.console.SignInLinks} lets the first person in,
 * {@link io.holdpoint.gateway.console.Passwords} everybody after. Nothing here decides: reviews go through
 * the door of {@code workflow.approval}.
 */
@NullMarked
package io.holdpoint.gateway.console;

import org.jspecify.annotations.NullMarked;
