package dev.bandolier.server.platform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where to look for one thing, place after place: the first place where something stands wins. Of no place: nowhere.
record Selector(List<Spot> spots) {

    Selector {
        spots = List.copyOf(spots);
    }

    /// These places in the body.
    static Selector at(String... pointers) {
        return new Selector(Arrays.stream(pointers)
                .<Spot>map(each -> new Spot.At(Pointer.of(each)))
                .toList());
    }

    /// These places, and after them one more.
    Selector or(Spot last) {
        List<Spot> longer = new ArrayList<>(spots);
        longer.add(last);
        return new Selector(longer);
    }
}
