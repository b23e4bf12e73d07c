/// Attribute: a conversion meets the decision that earned it, and becomes a reward.
package dev.bandolier.server.attribute;
