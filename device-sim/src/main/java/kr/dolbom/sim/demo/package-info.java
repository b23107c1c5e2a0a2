/// The demo: the whole platform, twelve simulated homes, three stories, told line by line or checked unattended.
///
/// Start with [DemoCommand], then [Demo]. It uses the platform as anybody would: it registers through the REST API, its
/// devices speak MQTT, and its phones are called by Twilio's API. Nothing here reaches into the database.
@NullMarked
package kr.dolbom.sim.demo;

import org.jspecify.annotations.NullMarked;
