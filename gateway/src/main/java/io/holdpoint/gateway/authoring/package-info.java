/**
 * What helps people who write policies: a look at a server's own tools, drafts, imports from elsewhere, and what another
 * policy would have said. Nothing here decides about a call. {@link io.holdpoint.gateway.authoring.Draft} is a policy
 * with comments; {@link io.holdpoint.gateway.authoring.Suggestion} makes one from a server's tools,
 * {@link io.holdpoint.gateway.authoring.InterceptImport} from another gateway's policy.
 */
@NullMarked
package io.holdpoint.gateway.authoring;

import org.jspecify.annotations.NullMarked;
