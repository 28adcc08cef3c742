package io.holdpoint.gateway.policy.argument;

import java.util.List;

/** Masks what paths lead to. The paths are those that lead through the value at hand, the steps up to it taken. */
record PathMask(List<List<PathStep>> paths) implements Mask {

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
        return after(PathStep.member(name));
    }

    @Override
    public Mask element(int index) {
        return after(PathStep.element(index));
    }

    private Mask after(PathStep step) {
        return new PathMask(paths.stream()
                .filter(path -> !path.isEmpty() && path.get(0).equals(step))
                .map(path -> path.subList(1, path.size()))
                .toList());
    }
}
