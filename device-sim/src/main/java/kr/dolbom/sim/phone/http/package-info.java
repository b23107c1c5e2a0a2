/// The little of HTTP that the JDK's server leaves to its user: forms, JSON answers, and breaking off without one.
///
/// Read [kr.dolbom.sim.phone.http.WebExchange]. It knows nothing of phones.
@NullMarked
package kr.dolbom.sim.phone.http;

import org.jspecify.annotations.NullMarked;
