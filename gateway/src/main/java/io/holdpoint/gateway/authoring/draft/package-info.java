/**
 * Policies to go on with: {@link io.holdpoint.gateway.authoring.draft.Draft} is a policy with comments,
 * {@link io.holdpoint.gateway.authoring.draft.Suggestion} makes one from a server's own tools.
 */
@NullMarked
package io.holdpoint.gateway.authoring.draft;

import org.jspecify.annotations.NullMarked;
