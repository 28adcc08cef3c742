/**
 * The Model Context Protocol as bytes and events, without policy.
 * {@link io.holdpoint.gateway.mcp.MessageReader} reads strictly what agents send; what is forwarded is always the original bytes.
 */
@NullMarked
package io.holdpoint.gateway.mcp;

import org.jspecify.annotations.NullMarked;
