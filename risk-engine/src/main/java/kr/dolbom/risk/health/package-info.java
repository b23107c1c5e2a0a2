/// What the engine says about itself over HTTP. Read [HealthController].
@NullMarked
package kr.dolbom.risk.health;

import org.jspecify.annotations.NullMarked;
