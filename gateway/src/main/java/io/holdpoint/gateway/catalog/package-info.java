/**
 * What the servers offer: every tool's definition and its hash.
 * {@link io.holdpoint.gateway.catalog.Catalog} reads definitions from the servers and remembers them for a while.
 */
@NullMarked
package io.holdpoint.gateway.catalog;

import org.jspecify.annotations.NullMarked;
