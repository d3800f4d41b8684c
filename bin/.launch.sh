#!/usr/bin/env bash
# Shared by every launcher: builds what is missing or out of date, then runs a tool of the bench module.
# usage: .launch.sh TOOL MAIN_CLASS [ARG ...]
set -euo pipefail
tool=$1 main=$2
shift 2
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
classpath=$home/bench/target/classpath
built_from=$home/bench/target/built-from

fail() {
  echo "$tool: $1" >&2
  exit 1
}

java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
command -v "$java" >/dev/null || fail "Java is not installed: OffloadLab needs a JDK, version 17 or later (set JAVA_HOME or PATH)"
version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
[ "${version%%.*}" -ge 17 ] 2>/dev/null || fail "Java $version is too old: OffloadLab needs a JDK, version 17 or later (set JAVA_HOME or PATH)"

# Poms and main sources of the checkout that pass some tests of find.
sources() {
  find . \( -name target -o -name .git \) -prune -o \( -name pom.xml -o -path '*/src/main/*' \) -type f "$@" -print
}

# What a build is made from: the place of the checkout, because class paths are absolute, and every source.
inventory() {
  echo "$home"
  sources | LC_ALL=C sort
}

# Files that were changed are newer than the last build, by hand or from here; those that were deleted, renamed or
# came with an old date change the inventory.
stale() {
  [ -s "$classpath" ] && grep -qF "$home/" "$classpath" || return 0
  if [ ! -f "$built_from" ]; then
    # Built by hand.
    inventory >"$built_from"
    touch -r "$classpath" "$built_from"
  fi
  inventory | cmp -s - "$built_from" || return 0
  [ -n "$(sources -newer "$built_from" -newer "$classpath" | head -n 1)" ]
}

# Maven leaves behind what was made from sources that are gone.
gone() {
  [ -f "$built_from" ] && [ -n "$(LC_ALL=C comm -13 <(inventory | LC_ALL=C sort) <(LC_ALL=C sort "$built_from"))" ]
}


if (cd "$home" && stale); then
  command -v mvn >/dev/null || fail "Maven is not installed: OffloadLab needs it once, to build itself (version 3.8 or later)"
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
  echo "$tool: built in $((SECONDS - started)) s" >&2
fi

# PyTorch's threads wait by spinning, unless told so here: with more threads than free cores, an
# inference of two threads was seen to take 14 ms instead of 160.
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}
# PyTorch warns that DJL uses a class of its that is out of date, which no user can help.
export TORCH_CPP_LOG_LEVEL=${TORCH_CPP_LOG_LEVEL:-ERROR}

# shellcheck disable=SC2086
exec "$java" ${OFFLOADLAB_JAVA_OPTS:-} -Djava.awt.headless=true -Doffloadlab.home="$home" \
  -Doffloadlab.tool="$tool" -cp "$home/bench/target/classes:$(cat "$classpath")" "$main" "$@"
