# Tests: each part runs, whatever the others do; at the end stand every runner's own closing lines and one exit code.
# SPDX-License-Identifier: MIT

TEST_FAILED=no
TEST_SUMMARY=""
PAGE_ARGUMENTS=() # for tests/page/run.mjs

# part TITLE FILTER COMMAND...: run, keep the lines of the output that FILTER (an extended regular expression) selects.
part() {
  local title="$1" filter="$2" started=$SECONDS status log
  shift 2
  log="$(mktemp)"
  printf '\n== %s\n' "$title"
  "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  [ "$status" -eq 0 ] || TEST_FAILED=yes
  TEST_SUMMARY+="$title: $([ "$status" -eq 0 ] && echo passed || echo FAILED) in $((SECONDS - started)) s"$'\n'
  TEST_SUMMARY+="$(grep -E "$filter" "$log" | tail -n 8)"$'\n'
  rm -f "$log"
}

CTEST_TOTALS='tests passed, [0-9]+ tests? failed out of|No tests were found'
NODE_TOTALS='^(#|ℹ) (tests|pass|fail) '
PLAIN_TOTALS='^([A-Za-z]+: )?[0-9]+ passed, [0-9]+ failed|^(FAILED|FLAKY|skipped): |^what they left: '

ctest_of() { (cd "$ROOT/build/$1" && ctest --output-on-failure --no-tests=error -j "$2"); }

# compiled PRESET: build in a subshell, so that a failure counts as a failed part instead of ending the run.
compiled() { (compile "$@"); }

test_native() { compiled debug && ASAN_OPTIONS=detect_leaks=1 ctest_of debug "$JOBS"; }
test_tsan() { compiled tsan && TSAN_OPTIONS=halt_on_error=1 ctest_of tsan "$JOBS"; }
test_wasm() { compiled web && ctest_of web "$JOBS"; }
test_house() { (cd "$ROOT" && node --test tests/house/*.test.mjs tests/front_door/*.test.mjs tests/bench/*.test.mjs); }
test_page() { (build_site) && page_modules && "$DESCENT_NODE" "$ROOT/tests/page/run.mjs" "${PAGE_ARGUMENTS[@]}"; }

# page_modules installs what the page's tests and measurements need from npm. npm writes a copy of the lock file when it
# has installed: an older lock file means that there is nothing to do.
page_modules() {
  local folder="$ROOT/tests/page"
  [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && return 0
  (cd "$folder" && quietly npm-ci npm ci --no-audit --no-fund) ||
    { say "npm ci failed in tests/page (see $LOGS/npm-ci.log): is the npm registry reachable?" && return 1; }
}

# libFuzzer comes with clang; its runtime is a package of its own in Debian.
fuzzer_works() {
  have clang++ && printf 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }' |
    clang++ -fsanitize=fuzzer,address -x c++ - -o /dev/null 2>/dev/null
}

setup_fuzzer() {
  fuzzer_works && return 0
  install_packages clang libclang-rt-dev || install_packages clang
  hash -r
  fuzzer_works || { say "libFuzzer is missing: install clang and its runtime, on Debian: sudo apt-get install clang libclang-rt-dev" && return 1; }
}

# Every tests/fuzz/<name>_fuzz.cpp for a minute, from nothing. What breaks a rule is kept in build/fuzz/.
test_fuzz() {
  setup_fuzzer && compiled fuzz descent_fuzz || return 1
  local program failed=no
  for program in "$ROOT"/build/fuzz/tests/*_fuzz; do
    printf '%s\n' "${program##*/}"
    "$program" -max_total_time=60 -timeout=5 -rss_limit_mb=1024 -max_len=8192 -len_control=20 -verbosity=0 -print_funcs=0 \
      -print_final_stats=1 -artifact_prefix="$ROOT/build/fuzz/${program##*/}-" 2>&1 |
      sed '/Recommended dictionary/,/End of recommended/d' || failed=yes # pipefail: the fuzzer's own failure counts
  done
  [ "$failed" = no ]
}

run_tests() {
  local long="$1" name
  shift
  setup_all
  setup_test_tools
  export_environment
  export_mnist_for_tests
  if [ "$long" = yes ]; then export DESCENT_TEST_LONG=1; fi
  for name in "$@"; do
    case "$name" in
      house) part "house rules, formatting, shaders, server and command" "$NODE_TOTALS" test_house ;;
      native) part "native tests with AddressSanitizer and UndefinedBehaviorSanitizer" "$CTEST_TOTALS" test_native ;;
      tsan) part "threaded modules with ThreadSanitizer" "$CTEST_TOTALS" test_tsan ;;
      wasm) part "tests as WebAssembly under Node" "$CTEST_TOTALS" test_wasm ;;
      page) part "the page in Chromium" "$PLAIN_TOTALS" test_page ;;
    esac
  done
  if [ "$long" = yes ]; then part "fuzzing" 'stat::number_of_executed_units|SUMMARY' test_fuzz; fi
  printf '\n== summary after %s s\n%s' "$SECONDS" "$TEST_SUMMARY"
  [ "$TEST_FAILED" = no ]
}
