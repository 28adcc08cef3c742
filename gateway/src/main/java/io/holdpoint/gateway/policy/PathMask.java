package io.holdpoint.gateway.policy;

import java.util.List;
import java.util.Optional;

/** Masks what paths lead to. The paths are those that lead through the value at hand, the steps up to it taken. */
record PathMask(List<List<ArgumentPath.Step>> paths) implements Mask {

    static final PathMask NOTHING = new PathMask(List.of());

    PathMask {
        paths = List.copyOf(paths);
    }

    static PathMask of(List<ArgumentPath> paths) {
        return new PathMask(paths.stream().map(ArgumentPath::steps).toList());
    }

    @Override
    public boolean whole() {
        return paths.stream().anyMatch(List::isEmpty);
    }

    @Override
    public Mask member(String name) {
        return after(new ArgumentPath.Step(Optional.of(name), 0));
    }

    @Override
    public Mask element(int index) {
        return after(new ArgumentPath.Step(Optional.empty(), index));
    }

    private Mask after(ArgumentPath.Step step) {
        return new PathMask(paths.stream()
                .filter(path -> !path.isEmpty() && path.get(0).equals(step))
                .map(path -> path.subList(1, path.size()))
                .toList());
    }
}
