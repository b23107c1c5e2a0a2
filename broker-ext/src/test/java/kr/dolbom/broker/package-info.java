/// The packaged extension in a real broker, on a real database, with stock clients.
@NullMarked
package kr.dolbom.broker;

import org.jspecify.annotations.NullMarked;
