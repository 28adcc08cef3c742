/**
 * Pages and REST API for people, on the second listener. Who may come in is settled in {@code console.access}. Nothing
 * here decides: reviews go through the door of {@code workflow.approval}.
 */
@NullMarked
package io.holdpoint.gateway.console;

import org.jspecify.annotations.NullMarked;
