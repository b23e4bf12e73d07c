/// What rooms and the HTTP layer share: a call, a reply, an endpoint, a problem. Knows no room.
package dev.bandolier.server.wire;
