/// The front door of the simulators: [kr.dolbom.sim.Dolbom], the command line; each subcommand lives in the package of
/// what it starts.
@NullMarked
package kr.dolbom.sim;

import org.jspecify.annotations.NullMarked;
