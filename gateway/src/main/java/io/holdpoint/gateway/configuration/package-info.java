/**
 * {@code holdpoint.yaml} and what it says, checked as a whole before anything starts, and again whenever its files
 * change while the program runs. {@link io.holdpoint.gateway.configuration.Configuration} is the first checked result;
 * the rooms take their part of it, and ask each time for what may change.
 */
@NullMarked
package io.holdpoint.gateway.configuration;

import org.jspecify.annotations.NullMarked;
