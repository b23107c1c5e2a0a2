package kr.dolbom.sim.phone.line;

import java.net.URI;

/// Where and how a webhook is called.
///
/// @param url absolute http or https address
/// @param method GET or POST
public record Callback(URI url, String method) {}
