/**
 * Who may come in to the console, and how: its listener, host names and origins, sign-in, sessions, tokens.
 * {@link io.holdpoint.gateway.console.access.SignInLinks} lets the first person in,
 * {@link io.holdpoint.gateway.console.access.Passwords} everybody after.
 */
@NullMarked
package io.holdpoint.gateway.console.access;

import org.jspecify.annotations.NullMarked;
