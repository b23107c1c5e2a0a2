/// Night and sleep: when the home is quiet, and how often it is not. Read [Night] first.
@NullMarked
package kr.dolbom.risk.family.night;

import org.jspecify.annotations.NullMarked;
