/// What is made of a device's clock. Read [Timeliness] first: how old a message may be; then [ObservedTime]: when it
/// really happened. Pure rules; who stores or pages is decided elsewhere.
@NullMarked
package kr.dolbom.contract.time;

import org.jspecify.annotations.NullMarked;
