/// The canary home: a call for help of our own that goes the whole way every few minutes, from a device
/// over the broker, the database, the engine and the response to a phone that rings. Where it rings late
/// or not at all the operators are told by a way that has nothing to do with that one. Read
/// [CanaryWatch][kr.dolbom.caseworker.canary.CanaryWatch] first. The home is an office of its own, which
/// nobody's queue and nobody's figures show.
@NullMarked
package kr.dolbom.caseworker.canary;

import org.jspecify.annotations.NullMarked;
