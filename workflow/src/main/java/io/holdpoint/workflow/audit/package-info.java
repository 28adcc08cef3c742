/**
 * The record of every decision: written in the transaction of what it records, never changed afterwards.
 * {@link io.holdpoint.workflow.audit.AuditLog} appends and reads; {@link io.holdpoint.workflow.audit.AuditEntry} says what there is to record.
 */
@NullMarked
package io.holdpoint.workflow.audit;

import org.jspecify.annotations.NullMarked;
