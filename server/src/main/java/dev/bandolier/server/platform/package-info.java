/// The platforms that conversions come from: how a delivery proves who sent it, and what it means. Values only: no I/O,
/// no clock.
package dev.bandolier.server.platform;
