/// Homes played live: [HomePlayer] lets a device notice a resident's life as time goes by, [SimCommand]
/// does so from the command line for one device or for those of a [DeviceFile].
@NullMarked
package kr.dolbom.sim.live;

import org.jspecify.annotations.NullMarked;
