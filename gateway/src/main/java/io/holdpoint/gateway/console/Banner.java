package io.holdpoint.gateway.console;

import io.holdpoint.gateway.console.VisibleText.Piece;
import java.util.List;

/** The top of a page: who is signed in, and where they can go. */
public record Banner(List<Piece> name, boolean readsLog, boolean seesPeople, boolean seesConfiguration) {

    public static Banner of(Visitor visitor) {
        return new Banner(
                VisibleText.of(visitor.person().name()),
                visitor.readsLog(),
                visitor.seesPeople(),
                visitor.seesConfiguration());
    }
}
