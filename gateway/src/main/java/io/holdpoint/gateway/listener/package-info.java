/**
 * The listener for agents: HTTP on event loops, what a head alone can be refused for, slow clients cut.
 * {@link io.holdpoint.gateway.listener.AgentRequests} gets whole requests as {@link io.holdpoint.gateway.listener.AgentExchange}s.
 */
@NullMarked
package io.holdpoint.gateway.listener;

import org.jspecify.annotations.NullMarked;
