/// Experiments: definitions, states and revisions, as their owners change them.
package dev.bandolier.server.experiments;
