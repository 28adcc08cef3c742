/**
 * What the servers offer: every tool's definition and its hash.
 * {@link io.holdpoint.gateway.catalog.Catalog} reads definitions from the servers and remembers them for a while;
 * {@link io.holdpoint.gateway.catalog.ToolInventory} tells what is kept of them, with what they were before.
 */
@NullMarked
package io.holdpoint.gateway.catalog;

import org.jspecify.annotations.NullMarked;
