/**
 * Policies of PolicyLayer's Intercept, carried over: {@link io.holdpoint.gateway.authoring.intercept.InterceptImport}
 * says the same in our words, or says why it cannot.
 */
@NullMarked
package io.holdpoint.gateway.authoring.intercept;

import org.jspecify.annotations.NullMarked;
