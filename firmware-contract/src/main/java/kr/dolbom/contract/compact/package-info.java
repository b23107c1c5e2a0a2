/// How a message's `data` is stored in few bytes. Read [CompactJson] first. What a device sends is never of this form.
@NullMarked
package kr.dolbom.contract.compact;

import org.jspecify.annotations.NullMarked;
