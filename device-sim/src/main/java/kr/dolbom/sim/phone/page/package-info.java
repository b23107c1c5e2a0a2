/// The phones for people and scripts: a web page, the JSON behind it, and a stream of what changes.
///
/// Read [kr.dolbom.sim.phone.page.PhonesApi] for what can be done and [kr.dolbom.sim.phone.page.PhonesJson] for what is
/// shown. The page itself is made of the HTML, CSS and JavaScript files beside these classes; it loads nothing else.
@NullMarked
package kr.dolbom.sim.phone.page;

import org.jspecify.annotations.NullMarked;
