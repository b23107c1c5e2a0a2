package kr.dolbom.risk.watch;

/// Where a resident is, as far as he or she or the device has said.
enum Whereabouts {
    HOME,
    OUT,
    HOSPITAL
}
