/// Silence: how surprising it is that a resident has not been seen for so long, judged by the resident's
/// own rhythm.
///
/// Read [SilenceSeries] first: it takes what happened in one home and says how things stand. [Hazards]
/// has the model's formulas, [Course] the running sum and the deadline, [Population] what all residents
/// together lend to a new one. The model is our own; only its starting point, alarming on long silence
/// by hour of the day, is known from P. Cuddihy, J. Weisenberg, C. Graichen, M. Ganesh: "Algorithm to
/// automatically detect abnormally long periods of inactivity in a home", HealthNet 2007.
///
/// Everything here is a pure function of what was put in: no clock, no database, no log. Sentences,
/// alerts and the question whether the device is connected now do not belong here.
@NullMarked
package kr.dolbom.risk.silence;

import org.jspecify.annotations.NullMarked;
