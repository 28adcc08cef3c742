/**
 * Connections to MCP servers, one pool per event loop.
 * {@link io.holdpoint.gateway.upstream.Upstream} sends a request once and never again by itself.
 */
@NullMarked
package io.holdpoint.gateway.upstream;

import org.jspecify.annotations.NullMarked;
