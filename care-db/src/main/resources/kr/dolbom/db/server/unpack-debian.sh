#!/usr/bin/env bash
# Unpacks programs from Debian's packages into one folder, without installing anything:
#
#   unpack-debian.sh TARGET SUITE PACKAGE UNNEEDED PROGRAM...
#
# PACKAGE comes with all that it depends on but what the regular expression UNNEEDED matches. Each PROGRAM is a path
# within TARGET. TARGET appears only when it is complete. The programs run through the loader and the C library of the
# same packages, so the machine's own versions do not matter. Progress goes to standard output,
# the one line that says why it cannot be done to standard error. The caller makes sure that it runs once at a time.
set -Eeuo pipefail

target=$1 suite=$2 package=$3 unneeded="^($4)$"
shift 4
root=$target.new
work=$target.apt
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

fail() { echo "$*" >&2; exit 1; }
trap 'fail "unpacking stopped at line $LINENO: $BASH_COMMAND"' ERR
trap 'rm -rf "$root" "$work"' EXIT

need() { command -v "$1" >/dev/null || fail "the program $1 is missing; $2"; }
need apt-get "$package can be unpacked on Debian and its relatives only"
need dpkg-deb "install the package dpkg"
need tar "install the package tar"
[ -r "$keyring" ] || fail "$keyring is missing; install the package debian-archive-keyring"

rm -rf "$root" "$work"
mkdir -p "$work"/lists/partial "$work"/cache/archives/partial "$work"/debs
# The packages ship links such as lib64/ld-linux-x86-64.so.2; on a merged /usr they must land under usr/.
for folder in bin sbin lib lib64; do
  mkdir -p "$root/usr/$folder"
  ln -s "usr/$folder" "$root/$folder"
done

# The mirror that this machine already uses, else Debian's own. (apt knows origins only after its first update.)
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null \
  | grep -v security | head -n 1 || true)
mirror=${mirror:-http://deb.debian.org/debian}

# A package state of our own: nothing of the machine's is read or changed, and no rights are needed. The proxy
# settings of the machine still hold, as apt.conf is read as always.
echo "deb [signed-by=$keyring] $mirror $suite main" >"$work/sources.list"
: >"$work/status"
apt() {
  apt-get -qq \
    -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
    -o Dir::State="$work" -o Dir::State::lists="$work/lists" -o Dir::State::status="$work/status" \
    -o Dir::Cache="$work/cache" -o APT::Install-Recommends=false -o APT::Sandbox::User=root \
    -o Acquire::Retries=3 -o Acquire::http::Timeout=30 "$@" 2>>"$work/apt.log"
}
# What apt complained of, errors before warnings, for the end of a sentence.
because() { sort "$work/apt.log" | grep -E '^[EW]:' | head -n 1 | sed 's/^[EW]: */: /' || true; }

echo "Reading the package index of Debian $suite from $mirror"
apt update || fail "the package index of Debian $suite at $mirror could not be read$(because)"
grep -q . <(ls "$work"/lists/*Packages* 2>/dev/null) \
  || fail "the package index of Debian $suite at $mirror could not be read$(because)"

packages=$(apt -s install "$package" | awk '/^Inst/ {print $2}' | grep -vE "$unneeded") \
  || fail "Debian $suite has no package $package for this machine$(because)"

echo "Fetching $(wc -w <<<"$packages") packages"
# libc-bin has the locale C.UTF-8.
(cd "$work/debs" && apt download $packages libc-bin) || fail "the packages could not be fetched from $mirror$(because)"

echo "Unpacking"
for deb in "$work"/debs/*.deb; do
  dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$root" --no-same-owner --keep-directory-symlink \
    --exclude='./usr/share/doc' --exclude='./usr/share/man' --exclude='./usr/share/info' --exclude='./usr/share/locale' \
    --exclude='*/lib/bitcode' --exclude='*llvmjit*'
done

loader=$(cd "$root" && find usr/lib usr/lib64 -maxdepth 1 -name 'ld-linux*.so.*' | head -n 1)
libraries=$(cd "$root" && dirname usr/lib/*/libc.so.6)
[ -n "$loader" ] || fail "no program loader among the packages of Debian $suite"
# --argv0 keeps the path from which a program finds its other programs, libraries and shared files.
for program in "$@"; do
  mv "$root/$program" "$root/$program.elf"
  cat >"$root/$program" <<WRAPPER
#!/bin/sh
LOCPATH='$target/usr/lib/locale' exec '$target/$loader' --argv0 "\$0" --library-path '$target/$libraries' \\
  '$target/$program.elf' "\$@"
WRAPPER
  chmod 755 "$root/$program"
done

# Open to the user who will run the server, whatever the umask here.
chmod -R a+rX "$root"
mv "$root" "$target"
