/**
 * Arguments of a call: where one stands ({@link io.holdpoint.gateway.policy.argument.ArgumentPath}), when two are equal,
 * and what of them people may see ({@link io.holdpoint.gateway.policy.argument.Redaction}). Knows no rules.
 */
@NullMarked
package io.holdpoint.gateway.policy.argument;

import org.jspecify.annotations.NullMarked;
