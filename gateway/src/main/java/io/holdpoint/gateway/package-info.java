/** The program: {@link io.holdpoint.gateway.Holdpoint} starts the command line, which starts everything else. */
@NullMarked
package io.holdpoint.gateway;

import org.jspecify.annotations.NullMarked;
