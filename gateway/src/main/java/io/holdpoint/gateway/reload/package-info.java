/**
 * What is known of the installation's files while the program runs: every version of a policy that was ever in force
 * ({@link io.holdpoint.gateway.reload.PolicyVersions}), and how the last look at the files went
 * ({@link io.holdpoint.gateway.reload.Reloads}).
 */
@NullMarked
package io.holdpoint.gateway.reload;

import org.jspecify.annotations.NullMarked;
