#!/usr/bin/env bash
# Shared by every launcher: builds what is missing or out of date, then runs a tool of the bench module.
# usage: .launch.sh TOOL MAIN_CLASS [ARG ...]
set -euo pipefail
tool=$1 main=$2
shift 2
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
classpath=$home/bench/target/classpath
built_from=$home/bench/target/built-from
libraries=$home/bench/target/libraries
program=$home/bench/target/offloadlab-bench.jar
shared=$home/bench/target/shared.jsa
checked=$home/bench/target/java

fail() {
  echo "$tool: $1" >&2
  exit 1
}

remedy="OffloadLab needs a JDK, version 17 or later (set JAVA_HOME or PATH)"
java=java
if [ -n "${JAVA_HOME:-}" ]; then
  [ -d "$JAVA_HOME" ] || fail "JAVA_HOME is '$JAVA_HOME', which is no folder: $remedy"
  [ -x "$JAVA_HOME/bin/java" ] || fail "JAVA_HOME is '$JAVA_HOME', which has no bin/java: $remedy"
  java=$JAVA_HOME/bin/java
fi
command -v "$java" >/dev/null || fail "Java is not installed: $remedy"
# Asking costs as much as everything else here: once for each Java.
found=$(command -v "$java")
asked=''
if [ ! -f "$checked" ] || [ "$(<"$checked")" != "$found" ] || [ "$found" -nt "$checked" ]; then
  version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p') || version=''
  [ -n "$version" ] || fail "'$java' does not start: $remedy"
  [ "${version%%.*}" -ge 17 ] 2>/dev/null || fail "Java $version${JAVA_HOME:+ of JAVA_HOME '$JAVA_HOME'} is too old: $remedy"
  asked=1
fi

# Poms and main sources of the checkout that pass some tests of find.
sources() {
  find . \( -name target -o -name .git \) -prune -o \( -name pom.xml -o -path '*/src/main/*' \) -type f "$@" -print
}

# What a build is made from.
inventory() {
  sources | LC_ALL=C sort
}

# The class path as Maven wrote it, but with this checkout's place instead of the one where it was
# built. Libraries in a home that others may not enter are found beside the build, or in the user's own repository.
entries=()
unread=''
class_path() {
  local built_at='' entry
  entries=()
  [ -r "$classpath" ] || return 1
  IFS=: read -r -a entries <"$classpath" || [ ${#entries[@]} -gt 0 ] || return 1
  for entry in "${entries[@]}"; do
    case $entry in
      */target/*.jar)
        entry=${entry%/target/*}
        : "${built_at:=$entry}"
        while [ "$entry" != "$built_at" ] && [ "${entry#"$built_at"/}" = "$entry" ]; do built_at=${built_at%/*}; done
        ;;
    esac
  done
  local i place
  for i in "${!entries[@]}"; do
    [ -z "$built_at" ] || entries[i]=${entries[i]/#"$built_at"\//"$home"/}
    for place in "${entries[i]}" "$libraries${entries[i]}" "${HOME:-}/.m2/repository/${entries[i]#*/.m2/repository/}" ''; do
      [ ! -r "$place" ] || break
    done
    unread=${entries[i]}
    [ -n "$place" ] || return 1
    entries[i]=$place
  done
  unread=''
}

# Whether others may go where a file lies.
open_to_others() {
  local folder=${1%/*}
  while [ -n "$folder" ]; do
    case $(ls -ld "$folder") in ?????????[xt]*) folder=${folder%/*} ;; *) return 1 ;; esac
  done
}

# Other names for the same files, which take no space, for users who may not enter the builder's home.
share_libraries() {
  local entry
  class_path || return 0
  for entry in "${entries[@]}"; do
    case $entry in
      "$home"/*) ;;
      *) ! open_to_others "$entry" || return 0
        mkdir -p "$libraries${entry%/*}" && ln -f "$entry" "$libraries$entry" 2>/dev/null || return 0
        ;;
    esac
  done
}

# Classes as Java keeps them in memory: halves the time until a command does something. They are those of a short
# simulation. Where it cannot be made, all works without.
share_classes() {
  rm -f "$shared"
  class_path || return 0
  local out
  out=$(mktemp -d) || return 0
  "$java" -XX:ArchiveClassesAtExit="$shared" -Djava.awt.headless=true -Doffloadlab.home="$home" -Doffloadlab.tool=bench \
    -cp "$program:$(IFS=: && echo "${entries[*]}")" io.offloadlab.bench.Bench simulate --view "$home/bench/src/main/launch/view.json" \
    --strategies cloud-only,neurosurgeon,dt --edges 1 --tasks 20 --out "$out/run" >>"$log" 2>&1 || rm -f "$shared"
  rm -rf "$out"
}

# Files that were changed are newer than the last build, by hand or from here; those that were deleted, renamed or
# came with an old date change the inventory. Nothing is written when all is fresh: who runs may not be who built.
stale() {
  class_path || return 0
  [ -r "$program" ] || return 0
  if [ ! -f "$built_from" ] && [ -w "$home/bench/target" ]; then
    # Built by hand.
    inventory >"$built_from"
    touch -r "$classpath" "$built_from"
  fi
  if [ ! -f "$built_from" ]; then
    [ -n "$(sources -newer "$classpath" | head -n 1)" ]
    return
  fi
  inventory | cmp -s - "$built_from" || return 0
  [ -n "$(sources -newer "$built_from" -newer "$classpath" | head -n 1)" ]
}

# Maven leaves behind what was made from sources that are gone.
gone() {
  [ -f "$built_from" ] && [ -n "$(LC_ALL=C comm -13 <(inventory | LC_ALL=C sort) <(LC_ALL=C sort "$built_from"))" ]
}

build() {
  command -v mvn >/dev/null || fail "Maven is not installed: OffloadLab needs it once, to build itself (version 3.8 or later)"
  local target
  for target in "$home/target" "$home/bench/target"; do
    [ -e "$target" ] || target=${target%/*}
    [ -w "$target" ] || fail "OffloadLab has to be built again${unread:+ because '$unread' is missing or not yours to read}, and '$target' cannot be written to: have its owner run bin/$tool once, or copy the checkout to a place of your own"
  done
  # Who may read the sources may read what is made of them.
  case $(ls -l "$home/pom.xml") in -??????r*) umask 022 ;; esac
  log=$home/target/build.log
  # By itself and first: it takes the folder of the log away, too.
  if (cd "$home" && gone); then
    mvn -B -q -f "$home/pom.xml" -pl bench -am -DskipChecks clean >&2 || fail "what was built before cannot be removed"
  fi
  mkdir -p "$home/target"
  echo "$tool: building OffloadLab (on first use this takes a few minutes and fetches its libraries; log: target/build.log)" >&2
  started=$SECONDS
  # Taken before the build: what is changed while it runs is for the next one.
  (cd "$home" && inventory) >"$home/target/built-from"
  # Tests are compiled, not run: modules share test fixtures, and Maven resolves those even where no test runs.
  mvn -B -f "$home/pom.xml" -pl bench -am -DskipTests -DskipChecks package >"$log" 2>&1 || {
    grep -m 5 '^\[ERROR\]' "$log" >&2 || tail -n 5 "$log" >&2
    fail "the build failed; the whole log is in $log"
  }
  mv "$home/target/built-from" "$built_from"
  share_libraries
  share_classes
  echo "$tool: built in $((SECONDS - started)) s" >&2
}

fresh() {
  pushd "$home" >/dev/null
  local is=0
  ! stale || is=1
  popd >/dev/null
  return $is
}

if ! fresh; then
  # One builds, others wait for it.
  exec 9<"$home/bin/.launch.sh"
  ! command -v flock >/dev/null || flock 9
  fresh || (build) || exit
  exec 9<&-
  class_path || fail "the build is incomplete: '$classpath' names files that are not there or cannot be read"
fi

[ -z "$asked" ] || [ ! -w "$home/bench/target" ] || echo "$found" >"$checked"

# Java takes from the locale which characters names of files may have. Where the locale knows ASCII alone, as in cron
# and many containers, it would refuse all others; what is shown there keeps to ASCII.
charset=$(locale charmap 2>/dev/null) || charset=UTF-8
locale=()
case $charset in
  ANSI_X3.4-1968 | US-ASCII | 646)
    locale=(env LC_ALL=C.UTF-8)
    # A locale that is not installed still tells what the terminal is.
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in *.[Uu][Tt][Ff]8* | *.[Uu][Tt][Ff]-8*) charset=UTF-8 ;; esac
    ;;
esac

# PyTorch's threads wait by spinning, unless told so here: with more threads than free cores, an
# inference of two threads was seen to take 14 ms instead of 160.
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}
# A training makes and frees the same large tensors at every step. Left alone, the C library gives their pages back to
# the system each time and has them cleared anew: up to a third of a training's processor time.
if [ "${1:-}" = train ]; then
  export MALLOC_MMAP_MAX_=${MALLOC_MMAP_MAX_:-0} MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-1000000000000}
fi
# PyTorch warns that DJL uses a class of its that is out of date, which no user can help.
export TORCH_CPP_LOG_LEVEL=${TORCH_CPP_LOG_LEVEL:-ERROR}

# JavaCPP, below the agents' networks, refuses to allocate when all of the process takes twice the heap, programs of
# inference engines included, which it knows nothing of.
memory=-Dorg.bytedeco.javacpp.maxphysicalbytes=0

classes=()
[ ! -r "$shared" ] || classes=(-XX:SharedArchiveFile="$shared" -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:class+path=off)

# Help is over before the second compiler pays.
for word; do
  case $word in -h | --help | -V | --version | --list) classes+=(-XX:TieredStopAtLevel=1) && break ;; esac
done

# shellcheck disable=SC2086
exec ${locale[@]+"${locale[@]}"} "$java" ${classes[@]+"${classes[@]}"} "$memory" ${OFFLOADLAB_JAVA_OPTS:-} -Djava.awt.headless=true -Doffloadlab.home="$home" \
  -Doffloadlab.tool="$tool" -Doffloadlab.charset="$charset" -cp "$program:$(IFS=: && echo "${entries[*]}")" "$main" "$@"
