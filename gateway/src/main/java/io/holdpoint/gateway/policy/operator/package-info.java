/**
 * What a condition's {@code op} makes of an argument (spec 03, Grammar): an
 * {@link io.holdpoint.gateway.policy.operator.Operator} reads its operand into a
 * {@link io.holdpoint.gateway.policy.operator.Check}, whose answer is yes, no or unclear.
 */
@NullMarked
package io.holdpoint.gateway.policy.operator;

import org.jspecify.annotations.NullMarked;
