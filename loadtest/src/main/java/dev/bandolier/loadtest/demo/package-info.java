/// A made-up shop with three experiments, whose visitors live through weeks within a minute and then go on in real time.
/// It knows of the server only what HTTP tells, and what time it is there.
package dev.bandolier.loadtest.demo;
