/// Words of distress and pain, and distress in conversation. Read [Distress]. Calls for help are emergencies and never
/// come here.
@NullMarked
package kr.dolbom.risk.family.distress;

import org.jspecify.annotations.NullMarked;
