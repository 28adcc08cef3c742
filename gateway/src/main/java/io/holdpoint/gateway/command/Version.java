package io.holdpoint.gateway.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version the jar was built as. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var built = Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
        return new String[] {"holdpoint " + built.orElse("(not from a jar)")};
    }
}
