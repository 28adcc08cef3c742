/**
 * The one database: H2 in a file by default, PostgreSQL in production.
 * {@link io.holdpoint.workflow.database.DatabaseUrl} makes the configured URL one that keeps every acknowledged commit.
 */
@NullMarked
package io.holdpoint.workflow.database;

import org.jspecify.annotations.NullMarked;
