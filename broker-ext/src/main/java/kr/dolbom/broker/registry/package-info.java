/// Which devices and services there are, to whom they belong and what proves them. Read
/// [DeviceRegistry] first. Who is connected is not known here.
@NullMarked
package kr.dolbom.broker.registry;

import org.jspecify.annotations.NullMarked;
