/// What devices are told: the envelope [CommandMessage] and one record for each [CommandKind].
@NullMarked
package kr.dolbom.contract.command;

import org.jspecify.annotations.NullMarked;
