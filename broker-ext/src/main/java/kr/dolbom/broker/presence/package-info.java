/// Who is connected, and why not. Read [ConnectionListener] first.
@NullMarked
package kr.dolbom.broker.presence;

import org.jspecify.annotations.NullMarked;
