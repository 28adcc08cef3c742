/**
 * What agents present: a token for servers, a policy for each, an owner.
 * {@link io.holdpoint.gateway.grant.Grants} finds the grant behind a token.
 */
@NullMarked
package io.holdpoint.gateway.grant;

import org.jspecify.annotations.NullMarked;
