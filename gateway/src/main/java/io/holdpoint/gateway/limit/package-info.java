/**
 * Counters and their windows, kept in the database and exact over all nodes.
 * {@link io.holdpoint.gateway.limit.Limits} reserves for many calls in one transaction and gives back.
 */
@NullMarked
package io.holdpoint.gateway.limit;

import org.jspecify.annotations.NullMarked;
