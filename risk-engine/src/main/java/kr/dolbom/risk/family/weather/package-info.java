/// Heat waves and cold waves: by how much they tighten the watch. Read [Tightening].
@NullMarked
package kr.dolbom.risk.family.weather;

import org.jspecify.annotations.NullMarked;
