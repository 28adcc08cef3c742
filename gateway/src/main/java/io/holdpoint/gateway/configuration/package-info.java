/**
 * {@code holdpoint.yaml} and what it says, checked as a whole before anything starts.
 * {@link io.holdpoint.gateway.configuration.Configuration} is the checked result; the rooms take their part of it.
 */
@NullMarked
package io.holdpoint.gateway.configuration;

import org.jspecify.annotations.NullMarked;
