/// The contract as others read it, made from the declarations: [PublishedContract] lists the files, [AsyncApi],
/// [Reference] and the JSON Schemas are what they hold, [Compatibility] says whether they may follow the ones that
/// were published before. Nothing here is needed to send or read a message.
@NullMarked
package kr.dolbom.contract.publish;

import org.jspecify.annotations.NullMarked;
