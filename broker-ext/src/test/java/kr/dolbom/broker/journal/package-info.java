/// What the journal keeps, without a broker around it.
@NullMarked
package kr.dolbom.broker.journal;

import org.jspecify.annotations.NullMarked;
