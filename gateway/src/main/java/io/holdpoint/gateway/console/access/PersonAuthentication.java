package io.holdpoint.gateway.console.access;

import io.holdpoint.gateway.console.Visitor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A signed-in {@link Visitor} in Spring Security's words. It carries no authorities: rights are the visitor's. */
final class PersonAuthentication extends AbstractAuthenticationToken {

    private final transient Visitor visitor;

    PersonAuthentication(Visitor visitor) {
        super(List.of());
        this.visitor = visitor;
        setAuthenticated(true);
    }

    @Override
    public Visitor getPrincipal() {
        return visitor;
    }

    @Override
    public String getName() {
        return visitor.person().id().value();
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PersonAuthentication that && visitor.equals(that.visitor);
    }

    @Override
    public int hashCode() {
        return visitor.hashCode();
    }
}
