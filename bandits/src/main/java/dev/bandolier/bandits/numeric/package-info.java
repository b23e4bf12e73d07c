/// The numerics behind the policies: quadrature over beliefs. Not for other modules: what it computes is offered by
/// [dev.bandolier.bandits.Comparison], and its types may change with the method.
package dev.bandolier.bandits.numeric;
