/**
 * The command line. Each command is a class; {@link io.holdpoint.gateway.Holdpoint} is the program.
 */
@NullMarked
package io.holdpoint.gateway.command;

import org.jspecify.annotations.NullMarked;
