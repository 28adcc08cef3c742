package io.holdpoint.workflow.audit;

/**
 * Whether owners may approve their own calls throughout the installation ({@code approvals.allow-owner}): for working
 * alone, shown on every page and marked in each entry (spec 09). Asked at each use; safe for any thread.
 */
@FunctionalInterface
public interface WorkingAlone {

    boolean isOn();
}
