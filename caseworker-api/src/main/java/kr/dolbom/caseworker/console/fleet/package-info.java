/// The devices as pages: which there are, how they are, what was refused of them, and how a new one comes in. Read
/// `FleetScope` first: whose devices somebody sees. Then `FleetPages`. What is done with devices stands in
/// [kr.dolbom.caseworker.registry].
@NullMarked
package kr.dolbom.caseworker.console.fleet;

import org.jspecify.annotations.NullMarked;
