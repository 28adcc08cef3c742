/**
 * The policy decision point: what a document says about a call, about a tool whatever its arguments, and why.
 * {@link io.holdpoint.gateway.policy.Policy} decides; it is pure, without Spring, I/O or a clock of its own.
 */
@NullMarked
package io.holdpoint.gateway.policy;

import org.jspecify.annotations.NullMarked;
