package dev.bandolier.server;

import java.util.List;

/// A page that is looked at, and where on it is to be seen what is waited for.
///
/// @param title   what it is called
/// @param address of the page
/// @param picture components one inside the other, the last of which draws a picture
/// @param drawn   what is inside that one once it has
/// @param watched components one inside the other, the last of which shows the time of a snapshot
/// @param time    the element inside that one that does
record Sight(String title, String address, List<String> picture, String drawn, List<String> watched, String time) {

    /// All experiments, a row each.
    static final Sight OVERVIEW = new Sight(
            "all experiments",
            "#/",
            List.of("dashboard-app", "experiment-overview", "experiment-rows", "experiment-row", "allocation-spark"),
            "path",
            List.of("dashboard-app", "experiment-overview", "experiment-rows", "experiment-row"),
            "time");

    /// One of them.
    static final Sight EXPERIMENT = new Sight(
            "one experiment",
            "#/experiments/" + PlantedMonth.key(0),
            List.of("dashboard-app", "experiment-page", "experiment-panel", "allocation-over-time", "allocation-chart"),
            "canvas",
            List.of("dashboard-app", "experiment-page", "experiment-panel"),
            "footer time");
}
