# Shared by every part of the front door: where things live, how steps report, how downloads are checked.
# A step prints one line when it really does something and nothing when it has nothing to do. A failing step
# calls `fail what tried do`: three sentences, so that the person knows what happened and what to do next.
# Everything fetched or built from elsewhere lives in $DESCENT_CACHE, one folder per version and set of flags;
# a folder counts only when its `.complete` mark is there, so an interrupted step is simply done again.
# SPDX-License-Identifier: MIT

DESCENT_CACHE="${DESCENT_CACHE:-$HOME/.cache/descent}"
JOBS="${DESCENT_JOBS:-$(nproc 2>/dev/null || echo 2)}"
LOGS="$DESCENT_CACHE/logs"

say() { printf '\033[2m·\033[0m %s\n' "$*" >&2; }

# fail WHAT TRIED DO: end the command with a message of three parts.
fail() {
  printf '\n\033[31mDescent could not go on.\033[0m\n  what failed:     %s\n' "$1" >&2
  [ -n "${2:-}" ] && printf '  what was tried:  %s\n' "$2" >&2
  [ -n "${3:-}" ] && printf '  what you can do: %s\n' "$3" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# quietly NAME COMMAND...: run with the output in a log; on failure show its end.
quietly() {
  local name="$1" log="$LOGS/$1.log"
  shift
  mkdir -p "$LOGS"
  "$@" >"$log" 2>&1 && return 0
  printf '\n--- the last lines of %s\n' "$log" >&2
  tail -n 25 "$log" >&2
  return 1
}

# hash_of FILES/STRINGS: a short key for cache folders.
text_key() { printf '%s\n' "$@" | sha256sum | cut -c1-10; }

sha256_is() { [ "$(sha256sum "$1" 2>/dev/null | cut -d' ' -f1)" = "$2" ]; }

complete() { [ -e "$1/.complete" ]; }
mark_complete() { : >"$1/.complete"; }

# reachable URL: decided within a few seconds, remembered for this run.
declare -A REACHABLE=()
reachable() {
  local host
  host="$(printf '%s' "$1" | cut -d/ -f1-3)"
  if [ -z "${REACHABLE[$host]:-}" ]; then
    REACHABLE[$host]=no
    if have curl; then
      curl -sSf -o /dev/null --head --connect-timeout 4 --max-time 8 "$host" 2>/dev/null && REACHABLE[$host]=yes
    elif have wget; then
      wget -q --spider --timeout=6 --tries=1 "$host" 2>/dev/null && REACHABLE[$host]=yes
    fi
  fi
  [ "${REACHABLE[$host]}" = yes ]
}

# download URL FILE SHA256: into the cache, kept only when the checksum fits.
download() {
  local url="$1" file="$2" sum="$3"
  sha256_is "$file" "$sum" && return 0
  mkdir -p "$(dirname "$file")"
  if have curl; then
    curl -sSfL --connect-timeout 10 --max-time 900 -o "$file.part" "$url" || return 1
  elif have wget; then
    wget -q --timeout=20 --tries=2 -O "$file.part" "$url" || return 1
  else
    return 1
  fi
  if ! sha256_is "$file.part" "$sum"; then
    say "the bytes from $url have another SHA-256 than the pinned $sum; they are not used"
    rm -f "$file.part"
    return 1
  fi
  mv "$file.part" "$file"
}

# npm_package NAME@VERSION SHA512 FOLDER: a package's own files, without what it depends on, from npm's registry.
npm_package() {
  local archive sum
  rm -rf "$3" && mkdir -p "$3"
  (cd "$3" && quietly npm-pack npm pack --silent "$1") || return 1
  archive="$(find "$3" -maxdepth 1 -name '*.tgz')"
  sum="$(openssl dgst -sha512 -binary "$archive" | base64 -w 0)"
  [ "$sum" = "$2" ] || { say "the package $1 has another SHA-512 than the pinned one; it is not used" && return 1; }
  tar -xzf "$archive" -C "$3" --strip-components=1 && rm "$archive" && mark_complete "$3"
}

# as_root COMMAND...: as root, or through sudo when it asks for no password.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif have sudo && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 126
  fi
}

apt_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

# install_packages PACKAGE...: those that are missing, with apt-get where the machine has it.
install_packages() {
  local missing=() package
  have apt-get || return 1
  for package in "$@"; do apt_installed "$package" || missing+=("$package"); done
  [ ${#missing[@]} -eq 0 ] && return 0
  say "installing ${missing[*]}"
  as_root true || return 1
  quietly apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" && return 0
  quietly apt-update as_root apt-get update -q || true
  quietly apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}
