/**
 * The policy enforcement point: lets calls pass, refuses or holds them, and runs approved ones once.
 * {@code ToolCallGate} is where to begin reading.
 */
@NullMarked
package io.holdpoint.gateway.enforcement;

import org.jspecify.annotations.NullMarked;
