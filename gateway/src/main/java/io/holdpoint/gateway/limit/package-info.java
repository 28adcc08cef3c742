/**
 * Counters and their windows, kept in the database and exact over all nodes.
 * {@code Limits} reserves for many calls in one transaction and gives back.
 */
@NullMarked
package io.holdpoint.gateway.limit;

import org.jspecify.annotations.NullMarked;
