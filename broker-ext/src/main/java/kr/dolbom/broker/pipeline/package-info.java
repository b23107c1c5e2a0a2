/// Messages straight from their connection. Read [PublishHandler] first. This is the one package that
/// knows the inside of HiveMQ, and of one version of it; with any other the extension does without it.
@NullMarked
package kr.dolbom.broker.pipeline;

import org.jspecify.annotations.NullMarked;
