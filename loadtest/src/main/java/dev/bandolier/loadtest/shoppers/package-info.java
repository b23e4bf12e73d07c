/// Simulated shoppers in an open model: they arrive when they intend to, whatever the server does, and what they
/// convert follows rates that the server does not know.
package dev.bandolier.loadtest.shoppers;
