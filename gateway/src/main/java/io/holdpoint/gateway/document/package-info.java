/**
 * Documents people write, JSON or YAML, with the line of every value.
 * {@link io.holdpoint.gateway.document.DocumentReader} reads one; {@link io.holdpoint.gateway.document.Faults} collects all that is wrong with it.
 */
@NullMarked
package io.holdpoint.gateway.document;

import org.jspecify.annotations.NullMarked;
