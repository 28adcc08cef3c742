/**
 * The demo: an imaging MCP server, a grant, two people, and an agent that plays the newcomer's first minute.
 */
@NullMarked
package io.holdpoint.gateway.demo;

import org.jspecify.annotations.NullMarked;
