/**
 * What helps people who write policies: a decision explained ({@link io.holdpoint.gateway.authoring.Explained}), and a
 * policy beside a server's own tools ({@link io.holdpoint.gateway.authoring.ServerCheck}). Nothing here, or in the rooms
 * below, decides about a call.
 */
@NullMarked
package io.holdpoint.gateway.authoring;

import org.jspecify.annotations.NullMarked;
