/**
 * Values at rest: arguments, results and reasons, encrypted under the installation's data key.
 * {@link io.holdpoint.workflow.vault.Vault} seals and opens; what is sealed for one purpose does not open for another.
 */
@NullMarked
package io.holdpoint.workflow.vault;

import org.jspecify.annotations.NullMarked;
